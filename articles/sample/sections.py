"""The eight sections, in the order of the navigation."""

from articles.sample.shapes import Section

SECTIONS = (
    Section(slug="focus", name="焦点关注", name_en="In Focus", kind="news"),
    Section(slug="campus", name="综合新闻", name_en="Campus", kind="news"),
    Section(slug="academic", name="学术动态", name_en="Research", kind="academic"),
    Section(slug="teaching", name="人才培养", name_en="Teaching", kind="news"),
    Section(slug="media", name="媒体关注", name_en="In the Media", kind="media"),
    Section(slug="photos", name="光影校园", name_en="In Pictures", kind="photo"),
    Section(slug="culture", name="校园文化", name_en="Campus Life", kind="news"),
    Section(
        slug="notices",
        name="通知公告",
        name_en="Notices",
        kind="notice",
        counts_for_leaderboard=False,
    ),
)
