"""Pieces of the smaller sections: the press about us, pictures, topics, notices."""

from articles.sample.shapes import Credit, Photo, Story

STORIES = (
    Story(
        headline="《江城晚报》：大学里的夜班馆员",
        section="media",
        unit="library",
        origin="media",
        source="江城晚报",
        source_url="https://jcwb.example.com/2026/lights-out-softly",
        days_ago=6,
        hour=9,
        summary="《江城晚报》用一个整版记录了图书馆夜间开放的一个晚上。",
        tags=("图书馆", "媒体"),
        credits=(
            Credit("source", "江城晚报", ""),
            Credit("editor", "林以宁", "library"),
        ),
        photos=(Photo("library", "报道刊出当晚的图书馆。", "周一帆", "youth-league"),),
        body="""
<p>{day}出版的《江城晚报》以《凌晨两点，请轻一点关灯》为题，用一个整版报道了我校图书馆夜间开放。</p>
<p>报道从夜间馆员的一辆收书车写起，写到一名每天零点以后才进馆的实验室学生，一位来等孩子下班的母亲，和一只熟门熟路的橘猫。记者在文末写道：“大学的灯，有一半是为还没有想明白的人亮着的。”</p>
""",
    ),
    Story(
        headline="《水利观察》：一节电池，一整年",
        section="media",
        unit="instruments",
        origin="media",
        source="水利观察",
        source_url="https://water.example.com/reports/one-battery-one-year",
        days_ago=1,
        hour=8,
        form="brief",
        summary="记者走访新揭牌的低功耗传感器实验室，从一面挂满旧仪器的墙写起：进水、虫蛀、雷击、被牛撞。",
        tags=("传感器", "媒体"),
        credits=(Credit("source", "水利观察", ""), Credit("editor", "卢承安", "publicity")),
        body="",
    ),
    Story(
        headline="《教育周刊》关注我校“免申即享”资助办法",
        section="media",
        unit="student-affairs",
        origin="media",
        source="教育周刊",
        source_url="https://weekly.example.org/front/no-application-needed",
        days_ago=10,
        hour=10,
        form="brief",
        summary="报道认为，核实环节不公示、不评议，保护了学生的体面。",
        tags=("资助", "媒体"),
        credits=(Credit("source", "教育周刊", ""), Credit("editor", "卢承安", "publicity")),
        body="""
<p>《教育周刊》本期头版报道了我校伙食补助“免申即享”的做法，认为其价值不只在效率，更在于“帮助一个人的时候，不要求他先证明自己的窘迫”。报道同时提出疑问：依靠消费数据筛选，怎样避免遗漏不在食堂就餐的学生？</p>
<p>学生处表示，已在辅导员核实环节增加主动推荐，本月补充了三十八人。</p>
""",
    ),
    Story(
        headline="省电视台播出专题片《河的体温》",
        section="media",
        unit="instruments",
        with_units=("civil",),
        origin="media",
        source="省电视台",
        source_url="https://tv.example.net/documentary/temperature-of-a-river",
        form="video",
        days_ago=34,
        hour=20,
        summary="镜头跟随观测网维护小组走了四百公里，片长二十六分钟。",
        tags=("水文观测", "媒体"),
        credits=(
            Credit("source", "省电视台", ""),
            Credit("videographer", "郁可", "computing", note="资料画面"),
            Credit("editor", "方晓棠", "publicity"),
        ),
        photos=(Photo("bridge", "片中出现的第十七号观测点。", "邵一鸣", "instruments"),),
        body="""
<p>{day}晚，省电视台播出专题片《河的体温》，讲述我校流域水文观测网维护小组一年的工作。摄制组跟随小组走了四百公里，记录下清理水草、更换电池和向养鸭人解释仪器用途的日常。</p>
<p>片中有一个长达一分半钟的镜头：研究生站在齐腰深的水里，把一只误入浮标的翠鸟捧出来，交给岸上的同伴。没有旁白。</p>
""",
    ),
    Story(
        headline="转载：把论文写在三类土壤上",
        section="media",
        unit="life-sciences",
        origin="reprint",
        source="科技周末",
        days_ago=60,
        hour=9,
        summary="《科技周末》专访白芷晴：为什么要在最差的地里做试验。",
        tags=("生命科学", "抗旱育种", "媒体"),
        credits=(Credit("source", "科技周末", ""), Credit("editor", "唐听雨", "life-sciences")),
        body="""
<p>（原载《科技周末》，有删节）问：很多团队在条件最好的试验田里选种，您为什么反过来？</p>
<p>白芷晴：好地会原谅你的错误。肥料、水、温度，只要有一样多出来，就会把品种的毛病盖住。坏地不原谅。它告诉你的话难听，但是真。</p>
<p>问：七年里最困难的是什么？</p>
<p>白芷晴：不是没有经费，是没有意外。连续两年一切正常，学生没有东西可写，大家都很焦虑。后来我们学会把“正常”也当成结果来写。</p>
<p>问：如果明年下足了雨呢？</p>
<p>白芷晴：那我们就当放一年假，陪老乡好好收一季粮食。</p>
""",
    ),
    Story(
        headline="银杏大道的第一场风",
        section="photos",
        unit="youth-league",
        form="photo_story",
        days_ago=4,
        hour=8,
        summary="风从北门进来，用了四十分钟走到南门。",
        tags=("摄影", "四季"),
        credits=(
            Credit("photographer", "刘润之", "youth-league", note="学生记者"),
            Credit("author", "刘润之", "youth-league", note="学生记者"),
        ),
        photos=(
            Photo("ginkgo", "早上七点，第一片叶子落下来。", "刘润之", "youth-league"),
            Photo("ginkgo", "清扫车在路口停了停，绕过去了。", "刘润之", "youth-league"),
            Photo("gate", "风到了南门。", "刘润之", "youth-league"),
        ),
        body="""
<p>气象站的记录是六点五十二分，北风四级。风从北门进来，先翻动公告栏上的海报，再摇响自行车棚的铁皮，然后走上银杏大道。</p>
<p>我跟着它走。它在图书馆前面停了一会儿，在二食堂门口掀起一股包子的热气，到南门的时候，一条路都黄了。</p>
<p>保洁员说，今天上午不扫。</p>
""",
    ),
    Story(
        headline="雨后操场",
        section="photos",
        unit="youth-league",
        form="photo_story",
        days_ago=17,
        hour=18,
        summary="雨停后的十七分钟里，跑道是一面镜子。",
        tags=("摄影", "体育"),
        credits=(Credit("photographer", "阿依努尔·热合曼", "youth-league", note="学生记者"),),
        photos=(
            Photo("track", "第一个跑进倒影里的人。", "阿依努尔·热合曼", "youth-league"),
            Photo("track", "看台的灯提前亮了。", "阿依努尔·热合曼", "youth-league"),
        ),
        body="""
<p>{day}傍晚的一场急雨把所有人赶进了看台底下。雨停之后，跑道上积着薄薄一层水，天是什么颜色，地就是什么颜色。</p>
<p>这样的时间不长，太阳一出来，或者第一队人跑过去，镜子就碎了。我数了数，十七分钟。</p>
""",
    ),
    Story(
        headline="深夜的实验楼",
        section="photos",
        unit="computing",
        form="photo_story",
        days_ago=30,
        hour=22,
        summary="零点之后仍亮着的十一扇窗，以及窗里的人愿意让我们知道的事。",
        tags=("摄影", "科研"),
        credits=(Credit("photographer", "郁可", "computing", note="学生记者"),),
        photos=(
            Photo("night", "零点二十分，实验楼南立面。", "郁可", "computing"),
            Photo("servers", "四层机房，指示灯替人值班。", "郁可", "computing"),
            Photo("lab", "二层，一台仪器正在预热。", "郁可", "computing"),
        ),
        body="""
<p>零点以后，实验楼还亮着十一扇窗。我们敲了其中九扇，有七扇开了门。</p>
<p>有人在等一个需要四十八小时的反应，有人在等一封邮件，有人只是不想回宿舍吵醒室友。四层的机房没有人，空调很响。</p>
<p>三层最东边那扇窗没有开门，门缝里递出来一张纸条：“正在写致谢，别让我分心。”</p>
""",
    ),
    Story(
        headline="开馆前十分钟",
        section="photos",
        unit="library",
        form="photo_story",
        days_ago=38,
        hour=8,
        summary="六点五十分，门外一百二十个人，门里三个人。",
        tags=("摄影", "图书馆"),
        credits=(
            Credit("photographer", "周一帆", "youth-league", note="学生记者"),
            Credit("author", "林以宁", "library"),
        ),
        photos=(
            Photo("reading", "灯亮了，椅子还没有人坐。", "周一帆", "youth-league"),
            Photo("library", "天还没有完全亮。", "周一帆", "youth-league"),
        ),
        body="""
<p>六点五十分，保安开灯，从三层开始，一层一层往下。馆员把昨晚还来的书推到编目台。保洁员最后一次擦过玻璃门上的手印。</p>
<p>门外的队伍排到了喷泉边上。有人在背单词，有人在吃早饭，有人靠着柱子又睡了一会儿。</p>
<p>七点整，门开了。没有人跑，因为地上的牌子写着：座位足够。</p>
""",
    ),
    Story(
        headline="山里的第六次课",
        kicker="乡村课堂",
        section="photos",
        unit="youth-league",
        with_units=("arts", "mathematics"),
        form="photo_story",
        days_ago=49,
        hour=10,
        summary="“乡村课堂”志愿队完成第六次支教，这一次讲的是影子。",
        tags=("志愿服务", "摄影"),
        credits=(
            Credit("author", "梁未央", "youth-league"),
            Credit("photographer", "刘润之", "youth-league", note="学生记者"),
        ),
        photos=(
            Photo("fieldclass", "操场上的影子课。", "刘润之", "youth-league"),
            Photo("blackboard", "孩子们把自己的影子画在黑板上。", "刘润之", "youth-league"),
        ),
        body="""
<p>“乡村课堂”志愿队的十二名队员{day}结束了第六次支教。这一次的课只有一个题目：影子。</p>
<p>数学学院的队员带孩子们量影子，算旗杆有多高；艺术设计学院的队员带他们在墙上画影子，画完人走开，影子留下。三天里，全校四十七个孩子都在墙上有了一个自己。</p>
<p>下山的时候，校长说墙先不刷了。</p>
""",
    ),
    Story(
        headline="雪落下来的那个早晨",
        section="photos",
        unit="publicity",
        form="photo_story",
        days_ago=95,
        hour=7,
        summary="旧照新发：整理资料库时，我们又看到了去年那场雪。",
        tags=("摄影", "四季"),
        credits=(Credit("photographer", "沈若溪", "publicity"),),
        photos=(
            Photo("snow", "主楼前的第一串脚印。", "沈若溪", "publicity"),
            Photo("snow", "松枝压得很低。", "沈若溪", "publicity"),
        ),
        body="""
<p>最近整理图片资料库，又翻到去年的那场雪。那天六点半，主楼前面只有一串脚印，从东边来，到旗杆下面停住，又折了回去。</p>
<p>一年过去，我们仍然不知道那是谁。如果是你，请告诉编辑部，我们想把照片送给你。</p>
""",
    ),
    Story(
        headline="校庆倒计时：一百件旧物",
        section="culture",
        unit="archives",
        with_units=("publicity", "library"),
        days_ago=9,
        hour=9,
        form="feature",
        summary="校史馆面向校友征集旧物，首批三十件入藏，每一件都有一段来历。",
        tags=("校庆", "校史"),
        credits=(
            Credit("author", "傅存真", "archives"),
            Credit("editor", "许知行", "publicity"),
            Credit("photographer", "沈若溪", "publicity"),
            Credit("designer", "戚小满", "arts", note="版式"),
        ),
        photos=(Photo("exhibition", "首批旧物在校史馆试展。", "沈若溪", "publicity"),),
        body="""
<p>校庆将至，校史馆向校友征集一百件旧物。条件只有两个：在学校里用过，背后有一个人。到{day}，收到四百六十件，首批三十件入藏。</p>
<h2>第一号：半截粉笔</h2>
<p>捐赠人是一位中学退休教师。四十年前，他在阶梯教室听最后一课，老师讲到一半咳嗽起来，放下粉笔，再没有能回到讲台。下课以后他把那半截粉笔收进了铅笔盒。</p>
<h2>第九号：一张饭票</h2>
<p>面值二两，背面写着一个宿舍号码。捐赠人说，借给她饭票的同学不肯让她还，她就一直没有花。两人现在住在同一个小区。</p>
<h2>第二十二号：一把没有锁的钥匙</h2>
<p>钥匙上的铜牌刻着“六实 一二”。第六实验楼早已拆除，开门的人后来去了三个国家，钥匙一直挂在他的书房。他在附信里写道：“门没有了，但是我知道怎样走到那里。”</p>
<p>征集将持续到校庆当月。</p>
""",
    ),
    Story(
        headline="节水校园：一滴水的账本",
        section="culture",
        unit="civil",
        with_units=("logistics", "instruments"),
        days_ago=32,
        hour=9,
        summary="把四栋楼、九条管线和一万两千人的一天，算成一张图。",
        tags=("节能", "绿色校园", "水文观测"),
        credits=(
            Credit("author", "尹若谷", "civil"),
            Credit("illustrator", "戚小满", "arts", note="信息图"),
            Credit("reviewer", "褚云帆", "civil", stage="first"),
        ),
        body="""
<p>一名学生一天用多少水？土木与环境学院的学生在四栋楼、九条管线上装了逐分钟的流量计，得到的答案是一百一十六升。其中洗澡五十二升，冲厕二十九升，洗衣十八升，喝下去的不到两升。</p>
<p>更有意思的是时间。用水的高峰不在早上，而在晚上十点四十分——宿舍熄灯前二十分钟，整栋楼的流量是白天平均的六倍，热水管要为这二十分钟加粗两号。</p>
<p>师生据此提出了一个不花钱的办法：把东西两区的熄灯时间错开十五分钟。试行一周，峰值下降了百分之三十一。</p>
""",
    ),
    Story(
        headline="新生问答：入学第一个月的三十个问题",
        section="culture",
        unit="student-affairs",
        with_units=("academic-affairs", "hospital", "logistics"),
        days_ago=72,
        hour=9,
        summary="选课、看病、报修、换宿舍，高年级学生替你问过了。",
        tags=("新生", "校园服务"),
        credits=(
            Credit("author", "秦朗", "student-affairs", note="学生助理"),
            Credit("reviewer", "董乐平", "student-affairs", stage="first"),
        ),
        photos=(Photo("gate", "报到日的第一缕阳光。", "沈若溪", "publicity"),),
        body="""
<p>我们收集了一千多名新生的提问，合并成三十个，请最了解情况的人回答。这里先摘六个。</p>
<h2>选错课了怎么办</h2>
<p>开学前三周可以自由退改，三周以后需要任课教师签字。没有人会追问你原因。</p>
<h2>半夜发烧去哪里</h2>
<p>校医院急诊二十四小时开放，从宿舍区北门步行六分钟。走不动就打值班电话，有车来接。</p>
<h2>宿舍灯坏了找谁</h2>
<p>扫门后的二维码报修，白天两小时内上门。如果两小时没有人来，系统会自动告诉后勤队长。</p>
<h2>和室友合不来可以换吗</h2>
<p>可以。每学期第五周和第十周集中办理，先和辅导员谈一次。</p>
<h2>不想参加社团会不会很奇怪</h2>
<p>不会。全校有三成学生一个社团也没有参加。</p>
<h2>很想家怎么办</h2>
<p>先打个电话。然后去北湖边走一圈，那里傍晚总有几个人也在想家。</p>
""",
    ),
    Story(
        headline="关于寒假期间校园服务安排的通知",
        section="notices",
        unit="logistics",
        form="brief",
        days_ago=3,
        hour=17,
        summary="食堂、班车、图书馆、校医院假期开放时间一览。",
        tags=("通知", "校园服务"),
        body="""
<p>各单位、全体同学：现将假期校园服务安排通知如下。</p>
<table>
<thead><tr><th>服务</th><th>开放时间</th><th>说明</th></tr></thead>
<tbody>
<tr><td>第二食堂</td><td>6:30—20:00</td><td>其余食堂检修</td></tr>
<tr><td>图书馆一层</td><td>8:00—22:00</td><td>夜间不延时</td></tr>
<tr><td>校医院急诊</td><td>全天</td><td>门诊周一、三、五上午</td></tr>
<tr><td>校内班车</td><td>每小时一班</td><td>末班19:30</td></tr>
</tbody>
</table>
<p>留校同学请在辅导员处登记，以便节日期间送餐。</p>
""",
    ),
    Story(
        headline="关于征集下学期公共选修课的通知",
        section="notices",
        unit="academic-affairs",
        form="brief",
        days_ago=25,
        hour=10,
        summary="面向全体教师，截止日期为下月十五日。",
        tags=("通知", "选课"),
        body="""
<p>各学院：下学期公共选修课即日起征集。鼓励两名不同学院的教师合开一门课，鼓励不设期末笔试。请于下月十五日前提交一页纸的课程设想，不需要完整大纲。</p>
<p>上一轮征集中，由学生投票选出的“最想上而没有开成”的五门课附后，欢迎认领。</p>
<ul><li>看懂一张体检单</li><li>城市里的鸟</li><li>租房合同逐条读</li><li>怎样吵架</li><li>给父母写信</li></ul>
""",
    ),
    Story(
        headline="关于东区供水管道检修的通知",
        section="notices",
        unit="logistics",
        form="brief",
        days_ago=46,
        hour=16,
        summary="周六零点至六点东区停水，请提前储水。",
        tags=("通知",),
        body="""
<p>因东侧管道检修，本周六零点至早上六点，东区宿舍一至六号楼停水。请提前储备饮用水。检修期间开水房照常供应，值班电话全天有人接听。</p>
""",
    ),
    Story(
        headline="关于做好国家奖学金评审公示的通知",
        section="notices",
        unit="student-affairs",
        form="brief",
        days_ago=35,
        hour=9,
        summary="公示期五个工作日，可以署名或匿名提出意见。",
        tags=("通知", "资助"),
        body="""
<p>各学院：本年度国家奖学金评审材料即日起公示五个工作日。对公示内容有意见的，可以署名或匿名向学生处提出。署名意见在三个工作日内答复，匿名意见同样核实，核实结果在公示结束时一并说明。</p>
""",
    ),
)
