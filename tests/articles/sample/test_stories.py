from collections import Counter
from io import BytesIO

import pytest
from PIL import Image

from articles.sample.drawings import SCENES, draw
from articles.sample.people import PEOPLE
from articles.sample.sections import SECTIONS
from articles.sample.stories import STORIES
from articles.sample.units import GROUPS, UNITS
from articles.text import richtext


def test_stories_name_units_people_sections_and_scenes_that_exist():
    people = {(person.name, person.unit) for person in PEOPLE}
    units = {unit.slug for unit in UNITS}

    unknown = [
        (story.headline, named)
        for story in STORIES
        for named, known in (
            (story.section, {section.slug for section in SECTIONS}),
            *((unit, units) for unit in story.units),
            *(
                ((credit.person, credit.unit), people)
                for credit in story.credits
                if credit.role != "source"
            ),
            *(((photo.photographer, photo.unit), people) for photo in story.photos),
            *((photo.scene, set(SCENES)) for photo in story.photos),
        )
        if named not in known
    ]

    assert unknown == []


def test_photographer_of_another_unit_makes_it_a_contributing_one():
    story = next(story for story in STORIES if story.headline == "开馆前十分钟")

    assert story.units == ("library", "youth-league")


def test_translations_come_after_what_they_were_made_from():
    by_headline = {story.headline: story for story in STORIES}
    translations = [story for story in STORIES if story.translation_of]

    assert translations
    for story in translations:
        original = by_headline[story.translation_of]
        assert original.language != story.language
        assert original.days_ago > story.days_ago + 2  # also where one moves to a Friday


def test_stories_never_repeat_a_headline_or_a_paragraph():
    headlines = Counter(story.headline for story in STORIES)
    paragraphs = Counter(line for story in STORIES for line in story.body.split("\n") if line)
    structure = ("<ul>", "</ul>", "<table>", "</table>", "<thead>", "<tbody>", "</tbody>")

    repeated = [text for text, count in (headlines + paragraphs).items() if count > 1]

    assert [text for text in repeated if text not in structure] == []


def test_stories_come_through_the_cleaner_with_all_their_words():
    lost = [
        story.headline
        for story in STORIES
        if richtext.plain_text(richtext.clean(story.body)).split()
        != richtext.plain_text(story.body).split()
    ]

    assert lost == []


def test_the_newsroom_has_the_size_it_promises():
    published = [story for story in STORIES if story.state in ("published", "corrected")]

    assert (len(GROUPS), len(UNITS), len(SECTIONS)) == (3, 20, 8)
    assert {story.section for story in published} == {section.slug for section in SECTIONS}
    assert {story.unit for story in published} == {unit.slug for unit in UNITS}
    assert len(published) >= 60


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_draw_paints_each_scene_as_a_jpeg(scene):
    image = Image.open(BytesIO(draw(scene, 1, (640, 427))))

    darkest, lightest = image.convert("L").getextrema()
    assert (image.format, image.size) == ("JPEG", (640, 427))
    assert lightest - darkest > 120
