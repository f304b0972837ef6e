"""What is still on the desk, and what was changed, corrected or withdrawn after publication."""

from articles.sample.shapes import Credit, Photo, Remark, Story

STORIES = (
    Story(
        headline="古籍修复室开放日预告（初稿）",
        section="campus",
        unit="library",
        days_ago=0,
        summary="",
        state="draft",
        credits=(Credit("author", "林以宁", "library"),),
        body="""
<p>下周三下午，图书馆古籍修复室第一次对外开放。读者可以看到从拆线、清洗到补纸的全过程，还可以亲手补一个虫洞。</p>
<p>【待补：人数上限、报名方式，问俞老师】</p>
""",
    ),
    Story(
        headline="期末考试周的热豆浆",
        section="campus",
        unit="logistics",
        days_ago=1,
        summary="后勤准备在考试周为夜读学生提供热饮。",
        state="draft",
        credits=(Credit("author", "曾小川", "logistics"),),
        body="""
<p>考试周期间，图书馆和三座教学楼门口每晚九点供应热豆浆，不收费，自带杯子。去年试行时平均每晚用掉六十斤黄豆。</p>
""",
    ),
    Story(
        headline="馆际互借服务开通，四十八小时内送达",
        section="campus",
        unit="library",
        days_ago=1,
        summary="读者可以从十二所高校图书馆借书，每人每月两册免邮费。",
        tags=("图书馆", "校园服务"),
        state="first_review",
        credits=(Credit("author", "林以宁", "library"),),
        photos=(Photo("reading", "书目检索台。", "周一帆", "youth-league"),),
        remarks=(
            Remark(
                by="俞静姝",
                text="“四十八小时”是指同城，异地要五天，请写清楚。",
                passage="四十八小时内送达",
            ),
        ),
        body="""
<p>从本周起，读者在检索本馆没有的图书时，可以直接提交馆际互借申请。首批加入互借的有十二所高校图书馆，四十八小时内送达，每人每月两册免邮费。</p>
<p>试运行的两周里，共收到申请一百四十三份，满足一百三十一份。借得最多的是地方志和外文教材。</p>
""",
    ),
    Story(
        headline="无障碍地图增加盲文版，首批印制二百份",
        section="focus",
        unit="computing",
        with_units=("student-affairs",),
        days_ago=1,
        summary="地图用凸线表示道路，用三种纹理区分坡道、台阶和电梯。",
        tags=("无障碍", "校园服务"),
        state="first_review",
        credits=(Credit("author", "郁可", "computing", note="学生记者"),),
        body="""
<p>继电子版上线之后，校园无障碍地图的盲文版完成校对，首批印制二百份。地图以凸线表示道路，用三种不同的纹理区分坡道、台阶和电梯，可以折叠成书本大小。</p>
<p>四位视障校友参与了校对。他们提出的最重要的意见是把北方固定在纸的长边，“这样拿起来就知道方向”。</p>
""",
    ),
    Story(
        headline="两院院士报告会：从一粒砂看山的历史",
        section="academic",
        unit="civil",
        days_ago=2,
        summary="报告人用一粒石英砂讲述了一座山六百万年的隆升。",
        tags=("学术会议", "地质"),
        state="final_review",
        credits=(
            Credit("author", "尹若谷", "civil"),
            Credit("photographer", "沈若溪", "publicity"),
        ),
        photos=(Photo("lecture", "报告厅座无虚席。", "沈若溪", "publicity"),),
        remarks=(
            Remark(by="方晓棠", text="报告人的头衔已与主办方核对。", settled=True),
            Remark(
                by="方晓棠",
                text="“六百万年”与摘要里的“五百万年”不一致，请以报告为准。",
                passage="六百万年",
            ),
        ),
        body="""
<p>{day}，土木与环境学院“大地讲坛”第四十讲举行。报告从一粒石英砂讲起：它在河口被捡到时直径零点四毫米，而根据宇宙成因核素的含量推算，它离开母岩已有六百万年。</p>
<p>一个多小时的报告没有用到复杂的公式。报告人请听众把手里的纸巾揉成团再展开，指着上面的皱褶说，所有的山都是这样来的，区别只在于时间。</p>
""",
    ),
    Story(
        headline="校友返校日筹备过半，三十七个班级已经报名",
        section="campus",
        unit="archives",
        days_ago=3,
        summary="毕业十年、二十年、三十年的班级将回到自己的教室上一节课。",
        tags=("校友", "校庆"),
        state="final_review",
        credits=(Credit("author", "傅存真", "archives"),),
        body="""
<p>校友返校日的报名班级已达三十七个。与往年的大会不同，今年的安排是让每个班级回到当年的教室，由当年的老师再上一节课，上课铃用当年的录音。</p>
<p>校史馆正在寻找一九八八级机械二班的点名册。</p>
""",
    ),
    Story(
        headline="食堂新菜品试吃会受到热烈欢迎",
        section="campus",
        unit="logistics",
        days_ago=4,
        summary="十二道新菜接受投票。",
        state="returned",
        note="“热烈欢迎”之类请用事实代替：来了多少人，票怎么投，最后留下哪几道菜。另请补一张照片。",
        reasons=("事实待核实", "时间、地点、人物不全"),
        credits=(Credit("author", "曾小川", "logistics"),),
        remarks=(Remark(by="方晓棠", text="标题可以直接写结果。", passage="受到热烈欢迎"),),
        body="""
<p>{day}中午，第二食堂举办新菜品试吃会，十二道新菜受到同学们的热烈欢迎，大家纷纷表示味道很好。</p>
""",
    ),
    Story(
        headline="“最美宿舍”评选开始报名",
        section="campus",
        unit="student-affairs",
        days_ago=9,
        summary="评选设最整洁、最有创意、最安静三个奖项。",
        state="rejected",
        note="已在通知公告发布，新闻不再重复刊登。评选结果出来后欢迎来稿。",
        reasons=("与已发稿件重复",),
        credits=(Credit("author", "秦朗", "student-affairs", note="学生助理"),),
        body="""
<p>本年度“最美宿舍”评选即日起报名，设最整洁、最有创意、最安静三个奖项。请各宿舍于月底前提交三张照片。</p>
""",
    ),
    Story(
        headline="校园流感疫苗接种下周开始，可以预约到宿舍楼下",
        section="campus",
        unit="hospital",
        days_ago=1,
        summary="四个流动接种点，分布在宿舍区和教学区，凭校园卡接种。",
        tags=("校医院", "健康"),
        state="approved",
        credits=(
            Credit("author", "欧阳澜", "hospital"),
            Credit("reviewer", "洪在田", "hospital", stage="first"),
        ),
        photos=(Photo("hospital", "校医院护士在清点疫苗。", "沈若溪", "publicity"),),
        body="""
<p>校医院将于下周一开始流感疫苗集中接种。今年首次设立四个流动接种点，分布在东、西宿舍区和两栋教学楼门口，师生凭校园卡接种，十五分钟一批，可以在网上预约到宿舍楼下。</p>
<p>发热、过敏体质和近期接种过其他疫苗的师生请先到门诊咨询。</p>
""",
    ),
    Story(
        headline="冬季学期选课时间调整，先到先得改为志愿抽签",
        section="teaching",
        unit="academic-affairs",
        days_ago=1,
        summary="每人填报八个志愿，系统按年级和志愿顺序抽签，过程可以复核。",
        tags=("选课", "教学服务"),
        state="scheduled",
        credits=(
            Credit("author", "祁月", "academic-affairs"),
            Credit("reviewer", "吕思源", "academic-affairs", stage="first"),
        ),
        body="""
<p>从下学期起，公共选修课的选课方式由“先到先得”改为“志愿抽签”。每名学生填报不超过八个志愿，系统按年级和志愿顺序抽签，三天后公布结果。</p>
<p>抽签使用的随机数由教务处、学生会和计算机学院三方各出一段，公布后任何人都可以重新计算一遍，核对自己的结果。</p>
<p>“再也不用在网吧抢课了。”参与测试的学生说。</p>
""",
    ),
    Story(
        headline="体育馆改造完成，周末起恢复开放",
        section="campus",
        unit="logistics",
        days_ago=12,
        hour=16,
        summary="更换木地板一千二百平方米，新增淋浴间和残障人士更衣室。",
        tags=("体育", "后勤"),
        state="changing",
        misprint=("晚上十点，羽毛球", "晚上九点，羽毛球"),
        note="开放时间延长一小时。",
        credits=(
            Credit("author", "曾小川", "logistics"),
            Credit("photographer", "沈若溪", "publicity"),
        ),
        photos=(Photo("track", "体育馆外的跑道同步翻新。", "沈若溪", "publicity"),),
        body="""
<p>历时五个月的体育馆改造完成，本周末恢复开放。改造更换木地板一千二百平方米，新增淋浴间十二间和残障人士更衣室两间，看台座椅全部更新。</p>
<p>开放时间为每天早上八点至晚上十点，羽毛球场地凭校园卡预约。</p>
""",
    ),
    Story(
        headline="我校在省大学生艺术展演中获奖七项",
        section="campus",
        unit="arts",
        with_units=("youth-league",),
        days_ago=27,
        hour=15,
        summary="合唱、戏剧和书法项目表现突出，其中一等奖三项。",
        tags=("美育", "合唱"),
        state="corrected",
        misprint=("一等奖三项、二等奖四项", "一等奖四项、二等奖三项"),
        note="本文原把一等奖的数目写作四项，实为三项；戏剧《井》获二等奖。编辑部向读者致歉。",
        credits=(
            Credit("author", "戚小满", "arts", note="学生记者"),
            Credit("reviewer", "柳闻笛", "arts", stage="first"),
        ),
        photos=(Photo("stage", "展演闭幕演出。", "刘润之", "youth-league"),),
        body="""
<p>{day}，省大学生艺术展演落幕，我校获奖七项，其中一等奖三项、二等奖四项。合唱团演唱的《河的第三条岸》以全场最高分获得一等奖。</p>
<p>获得二等奖的小戏《井》改编自国际学生寻访老城水井的经历，剧中的理发师由一名真正的理发师扮演。</p>
""",
    ),
    Story(
        headline="某科技企业向我校捐赠智能设备一批",
        section="focus",
        unit="publicity",
        days_ago=39,
        hour=10,
        summary="捐赠仪式在行政楼举行。",
        tags=("捐赠",),
        state="withdrawn",
        note="捐赠尚未完成手续，文中所述数量未经核实，故撤下本文。",
        credits=(Credit("author", "卢承安", "publicity"),),
        body="""
<p>{day}，某科技企业向我校捐赠智能设备的仪式在行政楼举行。据介绍，首批设备将用于公共教室改造。</p>
""",
    ),
    Story(
        headline="学校发布未来五年学科建设规划",
        section="focus",
        unit="research",
        days_ago=1,
        summary="规划列出九个重点方向，提出建设三个开放实验平台。",
        tags=("学科建设",),
        state="final_review",
        importance="important",
        credits=(Credit("author", "孟惟真", "research"),),
        body="""
<p>{day}，学校发布未来五年学科建设规划，列出九个重点方向，提出建设三个向全校开放的实验平台。规划草案曾两次公开征求意见，收到建议四百一十二条，采纳九十七条。</p>
<p>每个方向都写明了五年后由谁来评估、看什么，评估结果将在网上公布。</p>
""",
    ),
    Story(
        headline="教职工代表大会通过新的薪酬办法",
        section="focus",
        unit="publicity",
        days_ago=5,
        hour=9,
        summary="办法经三轮讨论修改，一百八十六名代表投票。",
        tags=("教代会",),
        importance="important",
        credits=(Credit("author", "沈若溪", "publicity"),),
        body="""
<p>{day}，教职工代表大会表决通过新的薪酬办法。一百八十六名代表参加投票，赞成一百六十一票，反对十七票，弃权八票。</p>
<p>办法从征求意见到表决用了七个月，三轮讨论的全部意见和答复都附在会议材料后面。</p>
""",
    ),
    Story(
        headline="主管道抢修，今天下午起西区停水六小时",
        section="campus",
        unit="logistics",
        days_ago=0,
        summary="四个取水点已经开放，食堂照常供餐。",
        tags=("后勤", "校园服务"),
        state="forced",
        note="突发停水，来不及等待审核，已与后勤值班室电话核实。",
        credits=(Credit("author", "曾小川", "logistics"),),
        body="""
<p>因西区供水主管道破裂，今天下午起西区宿舍和教学楼停水约六小时。东门广场、第二食堂、图书馆和校医院门口已开放四个临时取水点，食堂照常供餐。</p>
<p>抢修进度每小时更新一次，后勤值班电话二十四小时有人接听。</p>
""",
    ),
    Story(
        headline="台风临近，周末户外活动全部取消",
        section="campus",
        unit="student-affairs",
        days_ago=16,
        hour=17,
        summary="体育馆和图书馆延长开放，返校时间可以顺延。",
        tags=("安全提示",),
        state="forced_confirmed",
        note="气象台刚刚发布预警，须在放学前通知到师生。",
        credits=(Credit("author", "秦朗", "student-affairs", note="学生助理"),),
        body="""
<p>受台风影响，本周末全部户外活动取消，体育馆和图书馆延长开放到晚上十一点。已经离校的学生返校时间可以顺延到下周二，不必另行请假。</p>
<p>请收起阳台上的花盆和衣物，远离工地围挡。</p>
""",
    ),
)
