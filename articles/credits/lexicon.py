"""The words of credit lines, in simplified script. The grammar that joins them is elsewhere.

A label such as 责任编辑 or 一审一校 is read as modifiers, cores and endings, so that the tables
hold words and not the endless list of their combinations.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from articles.credits.roles import Role, Stage

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"


def any_of(words: Iterable[str]) -> str:
    """Build an alternation that prefers the longest word."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) + ")"


# --- Labels ---------------------------------------------------------------------------------

# Words that say the role and nothing else.
PLAIN = {
    Role.AUTHOR: "文 文字 文稿 文本 文章 撰文 撰稿 供稿 投稿 来稿 作者 报道 报导 撰写 写稿",
    Role.EDITOR: "编 编辑",
    Role.PHOTOGRAPHER: "图 图片 摄 摄影 摄影师 照片 相片 拍摄 图像",
    Role.VIDEOGRAPHER: "视频 摄像 摄像师 录像 录影 摄录",
    Role.REVIEWER: "审 审核 审查",
    Role.PROOFREADER: "校 校对",
    Role.DESIGNER: "设计 设计师",
    Role.ILLUSTRATOR: "插画 插画师 插图",
    Role.TRANSLATOR: "译 翻译",
    Role.PRODUCER: "监制",
    Role.PRESENTER: "主持",
    Role.PUBLISHER: "发布 发行",
    Role.SOURCE: "来源",
    Role.OTHER: "其他",
}
# Words that say more than the role: they go into the note.
TELLING = {
    Role.AUTHOR: "文案 采写 采访 采 执笔 整理 写作 主笔 口述 起草 报料 供文 组稿 约稿 访谈 综述 编剧 脚本 解说词 拟稿 新闻稿 稿件提供 信息提供 内容提供 "
    "文稿提供 资料提供 新闻提供 采集 专访 特写 摘编 选编 汇总",
    Role.EDITOR: "责编 主编 编发 编排 文编 编写 汇编 统稿 图编 改稿 小编 总编 总编辑 编委 值班主任 值班总编 润稿",
    Role.PHOTOGRAPHER: "供图 提供图片 提供照片 配图 照相 封面摄影 图源 影像 航拍 封面图 封面图片 头图 图片来源 照片来源",
    Role.VIDEOGRAPHER: "剪辑 剪接 摄制 视频制作 视频编辑 视频剪辑 视频拍摄 后期 后期制作 航拍视频 影片",
    Role.REVIEWER: "审稿 核稿 审阅 审批 审签 编审 把关 核发 阅审 审读 审改 监审",
    Role.PROOFREADER: "校稿 核对 责校 校订 校阅",
    Role.DESIGNER: "排版 制作 美编 美工 海报 版式 封面 图文制作 美术 美术编辑 版面 版式编辑 制图 "
    "视觉 视觉设计 视觉编辑 图片处理 修图 版面编辑 H5制作 动画 平面设计",
    Role.ILLUSTRATOR: "绘制 绘图 绘画 漫画 手绘 绘 插图绘制",
    Role.TRANSLATOR: "编译 英译 口译 笔译",
    Role.PRODUCER: "总监制 出品 策划 统筹 制片 总监 导演 编导",
    Role.PRESENTER: "主播 配音 解说 播音 朗读 朗诵 出镜 旁白 播讲 诵读",
    Role.PUBLISHER: "上传 推送 出版 发稿 录入 上稿",
    Role.SOURCE: "转自 转载自 转载 摘自 来自 出处 稿源 选自 文源 素材来源 综合 综合自 原载 原载于 转载于 摘编自",
    Role.OTHER: "指导 指导教师 指导老师 顾问 协助 素材 素材提供 字幕 技术支持 维护 运营 录音 音乐 "
    "演唱 作词 作曲 化妆 灯光 收音 音效 混音 场记",
}
# Words for several roles at once, and words for one stage of a role.
PLAIN_PAIRS = {
    "图文": (Role.PHOTOGRAPHER, Role.AUTHOR),
    "文图": (Role.AUTHOR, Role.PHOTOGRAPHER),
    "图文供稿": (Role.PHOTOGRAPHER, Role.AUTHOR),
    "图文作者": (Role.PHOTOGRAPHER, Role.AUTHOR),
    "图文提供": (Role.PHOTOGRAPHER, Role.AUTHOR),
    "采编": (Role.AUTHOR, Role.EDITOR),
    "编审校": (Role.EDITOR, Role.REVIEWER, Role.PROOFREADER),
    "采编审": (Role.AUTHOR, Role.EDITOR, Role.REVIEWER),
}
FINAL_WORDS = "签发 审定 审签发 核签 签审 终审签发"
STAGES = {
    "初": Stage.FIRST, "一": Stage.FIRST, "首": Stage.FIRST, "复": Stage.SECOND, "覆": Stage.SECOND,
    "二": Stage.SECOND, "再": Stage.SECOND, "三": Stage.THIRD, "四": Stage.FINAL,
    "终": Stage.FINAL, "第一": Stage.FIRST, "第二": Stage.SECOND, "第三": Stage.THIRD,
    "一级": Stage.FIRST, "二级": Stage.SECOND, "三级": Stage.THIRD,
}  # fmt: skip
STAGED = {
    Role.REVIEWER: "审 核 审核 审稿 审阅 审查",
    Role.PROOFREADER: "校 校对",
}
CONTRIBUTORS = "供稿 撰稿 投稿 来稿 作者 撰写 通讯 供稿者 报送 发稿 信息报送"
# Who looks at it, before a word of reviewing: 学院审核.
LEVELS = "部门 学校 学院 单位 院系 校级 院级 处级 系级 支部 业务 领导 导师 专家 政治".split()
REVIEWS = "审核 初审 复审 终审 审稿 审批 审定".split()
BODIES = "单位 部门 学院 院系 机构"
BARE_BODIES = ("单位", "部门")

MODIFIERS = (
    "责任 特约 特邀 网络 值班 执行 首席 学生 实习 见习 内容 稿件 文章 信息 原创 本文 本期 本版 "
    "新闻 主要 总 副 联合 高级 资深 栏目 网页 网站 微信 技术 活动 现场 部分 全部 以上 其余 英文 "
    "中文 责 文章内容 消息 资料 首发 独家 音频 专题 创意 项目 宣传 整体 本网 本站 本报 校内 新媒体 融媒体 全媒体 微信公众号 公众号 短视频 推文 推送 文中 文内 "
    "网文 头条 原文 原著"
).split()
# These are cores too; before another core they only say what it works on.
MEDIA = "文字 文稿 图片 图文 视频 照片 影像 影视 页面 美术 版式 摄影".split()
WORKS_ON_MEDIA = (
    "编辑 责编 编审 审核 审校 排版 编排 校对 整理 制作 设计 作者 来源 脚本 文案 策划 总监 后期 处理 统筹 指导 提供 供稿 记者"
).split()
ENDINGS = "人员 老师 教师 人 者 员 工作 支持 团队 小组 组 部门 单位 方 主任 领导 负责人".split()

# What the words beside a medium make of it: 图片供稿 is a photograph, 文字供稿 a text.
MEDIUM_ROLES = {
    "图片": Role.PHOTOGRAPHER, "照片": Role.PHOTOGRAPHER, "影像": Role.PHOTOGRAPHER,
    "摄影": Role.PHOTOGRAPHER, "视频": Role.VIDEOGRAPHER, "影视": Role.VIDEOGRAPHER,
    "文字": Role.AUTHOR, "美术": Role.DESIGNER, "版式": Role.DESIGNER, "页面": Role.DESIGNER,
}  # fmt: skip
DECIDED_BY_MEDIUM = "作者 提供 供稿 记者".split()


@dataclass(frozen=True)
class Duty:
    role: Role
    stage: Stage | None = None
    note: str | None = None
    """The label itself, where it says more than the role: 责任编辑."""


@dataclass(frozen=True)
class Label:
    """What the words before a colon, or after a name, ask of the people beside them."""

    duties: tuple[Duty, ...]
    note: str | None = None
    """What a label without duties says: 提供."""

    def __add__(self, other: "Label") -> "Label":
        distinct: dict[tuple[Role, Stage | None], Duty] = {}
        for duty in self.duties + other.duties:
            distinct.setdefault((duty.role, duty.stage), duty)
        return Label(tuple(distinct.values()), self.note or other.note)

    def staged(self) -> "Label":
        """Take a role once where a stage of it is told as well: 终审审核."""
        known = {duty.role for duty in self.duties if duty.stage}
        return replace(
            self, duties=tuple(d for d in self.duties if d.stage or d.role not in known)
        )

    def reviews(self) -> bool:
        return all(duty.role is Role.REVIEWER for duty in self.duties)

    def at_stage(self, stage: Stage) -> "Label":
        return replace(self, duties=tuple(replace(duty, stage=stage) for duty in self.duties))

    def noted(self, note: str) -> "Label":
        return Label(tuple(replace(duty, note=note) for duty in self.duties), self.note)


def label_of(role: Role, *, stage: Stage | None = None, note: str | None = None) -> Label:
    return Label((Duty(role, stage, note),))


def _cores() -> dict[str, Label]:
    cores: dict[str, Label] = {}
    for role, words in PLAIN.items():
        cores |= {word: label_of(role) for word in words.split()}
    for role, words in TELLING.items():
        cores |= {word: label_of(role, note=word) for word in words.split()}
    for word, roles in PLAIN_PAIRS.items():
        cores[word] = Label(tuple(map(Duty, roles)))
    for role, words in STAGED.items():
        for word in words.split():
            for sign, stage in STAGES.items():
                plain = word in ("审", "校", "审核", "校对")
                note = None if plain else sign + word
                cores[sign + word] = label_of(role, stage=stage, note=note)
    for word in FINAL_WORDS.split():
        cores[word] = label_of(Role.REVIEWER, stage=Stage.FINAL, note=word)
    cores |= {
        level + word: cores[word].noted(level + word) for level, word in product(LEVELS, REVIEWS)
    }
    for word, body in product(CONTRIBUTORS.split(), BODIES.split()):
        cores[word + body] = label_of(Role.CONTRIBUTING_UNIT)
    # 提供 names no work: the label or the pictures it is said of do.
    cores["提供"] = Label((), "提供")
    for medium, role in MEDIUM_ROLES.items():
        for word in DECIDED_BY_MEDIUM:
            if word != "记者":
                note = None if word in ("作者", "供稿") else medium + word
                cores[medium + word] = label_of(role, note=note)
    return cores


CORES = _cores()
_MODIFIER = rf"(?:{any_of(MEDIA)}(?={any_of(WORKS_ON_MEDIA)})|{any_of(MODIFIERS)})"
_COMPOUND = any_of(word for word in CORES if re.match(any_of([*MODIFIERS, *MEDIA]) + ".", word))
_PART = re.compile(
    rf"(?P<before>(?:(?!{_COMPOUND}){_MODIFIER}){{0,3}})"
    rf"(?P<core>{any_of(CORES)})(?:{any_of(ENDINGS)}(?!稿))?"
)
# These only say which text it is, so they are no note.
_IDLE = ("", "稿件", "文章", "本文", "信息", "新闻", "消息", "原创")
_LONGEST_LABEL = 16


@lru_cache(maxsize=10_000)
def read_label(key: str) -> Label | None:
    """Read a whole label without separators: 责任编辑, 图文, 一审一校, 摄影报道."""
    if not 0 < len(key) <= _LONGEST_LABEL:
        return None
    if key in BARE_BODIES:
        return label_of(Role.CONTRIBUTING_UNIT)
    label, at, cores = None, 0, set()
    while at < len(key):
        part = _PART.match(key, at)
        # 图图 and 文文 are what people are called.
        if not part or part["core"] in cores:
            return None
        cores.add(part["core"])
        found = CORES[part["core"]]
        if part["before"] not in _IDLE:
            found = found.noted(part["before"] + part["core"])
        label = label + found if label else found
        at = part.end()
        if at + 1 < len(key) and key[at] in "和与及兼":
            at += 1
    return label and label.staged()


# --- What stands before or behind a name ------------------------------------------------------

_TITLE_MODIFIERS = (
    "本报 本网 本站 本刊 本台 全媒体 融媒体 见习 实习 特约 特派 学生 校园 大学生 研究生 本科生 "
    "首席 摄影 文字 视频 图片 高级 资深 专职 兼职 驻校 教师 新闻 宣传 小 青年 融媒 志愿者 驻京 院系"
).split()
_TITLE_CORES = (
    "记者 通讯员 信息员 宣传员 报道员 评论员 实习生 学生助理 助管 撰稿人 干事 宣传委员".split()
)
TITLE = re.compile(rf"{any_of(_TITLE_MODIFIERS)}{{0,4}}{any_of(_TITLE_CORES)}(?![团站证节会协部])")
TITLE_MEDIA = {"摄影": Role.PHOTOGRAPHER, "图片": Role.PHOTOGRAPHER, "视频": Role.VIDEOGRAPHER}

_STUDENTS = (
    "学生 本科生 研究生 硕士生 博士生 留学生 硕士研究生 博士研究生 博士后 硕士 博士 大学生 校友 "
    "教师 职工 志愿者 实习 团员 外教 外籍教师"
).split()
STATUS = re.compile(
    rf"(?:[{HAN}]{{0,10}}[0-9]{{2,4}}(?:-[0-9])?班|[{HAN}]{{0,6}}(?:20)?[0-9]{{2}}级|[大研博][一二三四五]|[一二三四五六]年级)[{HAN}]{{0,10}}(?:[0-9]{{1,4}}班)?|[{HAN}]{{2,10}}专业[{HAN}]{{0,6}}|[{HAN}]{{2,8}}[0-9]{{3,4}}|{any_of(_STUDENTS)}(?:代表)?"
)
POSITIONS = (
    "书记 副书记 院长 副院长 主任 副主任 处长 副处长 部长 副部长 校长 副校长 科长 馆长 所长 教授 "
    "副教授 讲师 老师 同学 同志 主席 会长 社长 辅导员 秘书 总编 总监 队长 站长 工程师 博士 班长"
).split()
_BRANCHES = "党委 党总支 总支 党支部 团总支 团委".split()
POSITION = re.compile(rf"{any_of(_BRANCHES)}?{any_of(POSITIONS)}")
COURTESIES = re.compile(r"(?:老师|同学|同志|教授|副教授|博士|讲师|等)$")

# "图1-3", "图一", "其余": which pictures, not who.
_STUDENT_ENDINGS = any_of([*_STUDENTS, "班", "专业"])
STUDENT_THEN_NAME = re.compile(rf"(?P<who>.{{2,30}}?{_STUDENT_ENDINGS})(?P<name>[{HAN}]{{2,4}})")
PICTURES = re.compile(
    r"(?:以上|部分|其余|其他|余|前|上|下|左|右)?(?:图片|照片|组图|图)?"
    r"(?:[0-9一二三四五六七八九十]{1,3}(?:[-—~至到][0-9一二三四五六七八九十]{1,3})?|均|其余|其他)"
    r"|其余|以上|余图|题图|首图|封面图"
)

PLACEHOLDERS = frozenset(
    "系统管理员 管理员 网站管理员 超级管理员 佚名 匿名 无名 未知 不详 暂无 无 资料图片 网络图片 "
    "网络 互联网 来自网络 资料图 资料 原创 受访者 受访者提供 受访单位 本人 采访对象 被访者 待定 待审 待审核 "
    "待补 略 万元 亿元 本站 本网 本报 本校 我校 本站编辑 本站原创 本网站 admin administrator root test anonymous unknown "
    "none xxx end theend".split()
)

# Labels of page headers and notices: what follows them is no credit.
NO_CREDITS = re.compile(
    any_of(
        "浏览次数 浏览量 浏览 点击数 点击量 点击率 点击次数 点击 阅读量 阅读次数 阅读数 阅读 访问量 "
        "访问次数 查看次数 查看 发布时间 发布日期 发表时间 发表日期 更新时间 更新日期 上传时间 编辑时间 "
        "录入时间 添加时间 拍摄时间 摄影时间 拍摄地点 摄影地点 采访时间 采访地点 时间 日期 字号 字体 "
        "打印 关闭 收藏 分享 第一作者 通讯作者 共同作者 共同第一作者 论文作者 原标题 原题 标题 副标题 题目 电话 联系电话 联系方式 联系人 邮箱 电子邮箱 "
        "邮编 地址 地点 主办单位 承办单位 协办单位 主办 承办 协办 支持单位 主办方 承办方 指导单位 "
        "图片说明 图说 图注 图为 作者简介 编者按 供图说明 字数 关键词 摘要 分类 栏目 版次 投稿邮箱 "
        "投稿热线 投稿地址 审核流程 审核时间 供稿时间 撰稿时间 供稿日期 原文链接 链接 网址 次数 人气 "
        "联络人 新闻联络人 新闻联系人 投稿方式 投稿须知 拍摄器材 嘉宾 主讲人 主讲 报告人 主持单位 赞助单位 赞助 冠名单位 鸣谢 鸣谢单位 特别鸣谢 主管单位 主管 合作单位 协作单位 "
        "组织单位 参赛单位 参加单位 获奖单位 推荐单位 申报单位".split()
    )
)
DATELINE = re.compile(rf"(?!.{{0,24}}{any_of(_TITLE_CORES)})[{HAN}0-9]{{0,24}}[讯电](?![{HAN}])")
FILED_FROM = re.compile(rf"(?<=[社报网])发$|[发摄写](?:自|于)[{HAN}]{{2,8}}$|综合$")
PLACES = frozenset(
    "台北 新北 桃园 台中 台南 高雄 基隆 新竹 苗栗 彰化 南投 云林 嘉义 屏东 宜兰 花莲 台东 澎湖 金门 "
    "马祖 北京 上海 天津 重庆 香港 澳门 广州 深圳 南京 杭州 武汉 成都 西安 长沙 沈阳 济南 青岛 大连 "
    "厦门 福州 合肥 郑州 昆明 贵阳 南宁 海口 兰州 西宁 银川 太原 石家庄 哈尔滨 长春 呼和浩特 拉萨 "
    "乌鲁木齐 南昌 宁波 苏州 无锡 校园 本校 淡水 华盛顿 纽约 伦敦 巴黎 东京 首尔".split()
)

# --- Units ------------------------------------------------------------------------------------

_SURE_ENDINGS = (
    "学院 书院 医院 校医院 法院 研究院 科学院 办公室 工作室 实验室 教研室 中心 图书馆 档案馆 博物馆 "
    "体育馆 校史馆 委员会 理事会 基金会 研究会 校友会 总会 学生会 研究生会 社联 协会 学会 联合会 工会 团委 党委 纪委 "
    "党总支 党支部 总支 支部 公司 集团 报社 日报 晚报 早报 晨报 周报 时报 学报 校报 青年报 周刊 周末 杂志 "
    "新闻网 网站 官网 校园网 新闻社 通讯社 出版社 电视台 广播台 广播站 记者团 记者站 通讯站 公众号 "
    "微信号 客户端 微博 视频号 抖音号 头条号 大学 学校 中学 小学 高校 幼儿园 研究所 事务所 宣传部 "
    "组织部 统战部 学工部 研工部 武装部 编辑部 教务部 财务部 教务处 学生处 科研处 人事处 后勤处 "
    "媒体 传媒 融媒 基地 平台 机关 校办 院办 党办 学工办 党政办 团总支 团支部 课题组 项目组 工作组 "
    "研究组 领导小组 小组 团队 社区 服务队 支教团 艺术团 合唱团 学联 社团 学部 分校 校区 总局 政府 中国"
).split()
_LIKELY_ENDINGS = "部 处 系 所 办 室 馆 社 站 网 报 院 队 组 厅 局 委 厂 联 坊 院系 院办"
# Given names end like this too, so shorter words need a sure ending.
_DOUBTFUL_ENDINGS = "科 台 会 团"
UNIT_END = re.compile(
    rf"{any_of(_SURE_ENDINGS)}|(?<=..){any_of(_LIKELY_ENDINGS.split())}"
    rf"|(?<=....){any_of(_DOUBTFUL_ENDINGS.split())}"
)
# Alone these name a kind of unit, not a unit.
KINDS_OF_UNITS = frozenset(
    "学院 书院 医院 法院 研究院 科学院 中心 委员会 理事会 协会 学会 联合会 总支 支部 公司 集团 杂志 网站 "
    "官网 大学 学校 中学 小学 高校 媒体 传媒 基地 平台 机关 小组 团队 社团 学部 分校 校区 政府 中国 周末".split()
)
UNIT_SHAPE = re.compile(rf"[{HAN}A-Za-z0-9\"“”‘’《》<>·.&()-]{{2,40}}")
_SHORT_UNITS = frozenset(
    "青协 科协 摄协 记协 志协 文协 社联 学联 系办 校办 院办 党办 研会".split()
)
# No unit is called so: these words show that we are reading a sentence.
NOT_IN_UNITS = re.compile(
    r"[了在是的由]|走进|召开|举行|举办|参观|前往|近日|获悉|拍摄于|摄于|我校|[主承协]办|作者|记者(?![团站协之])"
)

# --- Names ------------------------------------------------------------------------------------

COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 "
    "公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 "
    "壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 "
    "梁丘 左丘 东门 西门 南荣 第五 完颜 纳兰 叶赫 爱新觉罗".split()
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌"
    "马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵"
    "湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高"
    "夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄"
    "曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶"
    "幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛"
    "寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳"
    "沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付闫冼覃仝"
    "展晋苑原佟商牟佘伯赏墨哈谯笪年爱阳佐言福兰苟卿代邸揭逢敬户矫鹿门庹展么过由操修植粟战麦喇青昆淡丛初"
    "遆鄢揣候楚冶帅海税岳缑亢况朴迟訚呙仉禤隋郇栗畅泰钦宾占谌岩辜原涂邝区官练楼励芦粘雒綦郅亓纽汝奉衣铁尉"
)
_GIVEN_BUT_NOT_NAMES = re.compile(
    "近日|今天|昨日|日前|同时|会议|活动|现场|本次|此次|学校|学院|我校|我院|同学|老师|供稿|摄影|记者|通讯|编辑|审核|"
    "图片|照片|文字|部分|以上|其余|时间|日期|地点|来源|作者|内容|新闻|获悉|表示|指出|强调|介绍|参加|出席|开幕|召开|"
    "进行|举行|举办|完成|网络|资料|提供|转载|报道|截图|合影|圆满|成功|大家|我们|他们|的|了|后$|须知|[您你]好|根据|依据|按照|未经|以下|某某|[主承协]办|标准|要求|^请|欢迎|扫码|关注|往期|更多"
)
_NOT_IN_PEN_NAMES = re.compile("[和与及等由是在对为]")
# Two characters that only look like a surname and a given name.
_COMMON_WORDS = frozenset(
    "成立 安全 方法 程序 方案 方向 高校 高等 高级 关于 经过 经济 应该 应用 平台 平安 包括 许多 曾经 全体 全校 "
    "全国 全面 全文 党员 党课 党建 家长 家属 项目 常务 任务 任职 管理 单位 单独 金融 金奖 文化 文艺 文学 文明 "
    "文件 文章 国家 国际 国内 国庆 师生 师范 计划 计算 强化 华人 时代 时候 年度 年级 通知 通过 干部 相关 "
    "向上 双方 双选 武术 武汉 江苏 江西 云南 山东 山西 安徽 宁夏 广东 广西 温州 常州 徐州 于是 于此 海南 水平 "
    "车间 路径 边界 麻烦 易于 严格 严肃 施工 左右 景观 马上 万分 万里 牛年 龙年 马年 白天 明天 明年 明确 官方 官网 区别 区域 区县 练习 铁路 奉献 衣服 楼道".split()
)
STRONG_NAME = re.compile(
    rf"(?:{any_of(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}])[{HAN}]{{1,2}}"
)
WEAK_NAME = re.compile(rf"[{HAN}]{{2,4}}")
# The characters that write the names of other languages: 古丽巴哈尔, 扎西多吉.
TRANSCRIBED = re.compile(
    "[卜杜外鲁朝布阿艾爱安奥巴拜班贝布别才才次措达代丹旦德登迪地丁顿多尔额恩尼夫甫嘎尕格根贡古瓜哈海汗合赫胡吉加佳贾江杰金卡"
    "凯康克肯库拉来兰勒里力丽利林仑洛吕玛麦买曼木姆穆那娜纳讷努诺帕皮珀普其恰乾钦琼曲热日荣茹萨赛桑色森沙山守斯"
    "苏索塔台泰坦提图吐土托瓦旺维乌吾西希夏辛亚扬伊依义益银尤玉月扎孜卓孜珠子宗孟慕丽特提铁娅雅雅燕央英]{4,9}"
)
DOTTED_NAME = re.compile(rf"[{HAN}]{{1,8}}(?:[·.][{HAN}]{{1,8}}){{1,3}}")


def is_strong_name(key: str) -> bool:
    """Say whether it is a surname with a given name, or a dotted foreign name."""
    return bool(
        (STRONG_NAME.fullmatch(key) or DOTTED_NAME.fullmatch(key))
        and key not in _COMMON_WORDS
        and key[1:] not in POSITIONS
        and not _GIVEN_BUT_NOT_NAMES.search(key)
    )


def is_weak_name(key: str) -> bool:
    """Say whether a label's neighbour could be a name: a pen name, a name of few surnames."""
    plausible = (
        WEAK_NAME.fullmatch(key)
        and key not in _COMMON_WORDS | KINDS_OF_UNITS
        and not _NOT_IN_PEN_NAMES.search(key)
    )
    return bool((plausible or TRANSCRIBED.fullmatch(key)) and not _GIVEN_BUT_NOT_NAMES.search(key))


def is_unit(key: str) -> bool:
    """Say whether it ends like a unit's name and does not read like a sentence."""
    if key in _SHORT_UNITS:
        return True
    if not UNIT_SHAPE.fullmatch(key) or NOT_IN_UNITS.search(key) or key[0] in "系为及和与":
        return False
    if key in KINDS_OF_UNITS:
        return False
    return any(found.end() == len(key) for found in UNIT_END.finditer(key))
