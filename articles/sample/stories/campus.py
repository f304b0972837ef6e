from articles.sample.shapes import Credit, Photo, Story

STORIES = (
    Story(
        headline="三支学生团队晋级全国机器人竞赛决赛",
        section="campus",
        unit="youth-league",
        with_units=("mechanical", "computing"),
        days_ago=1,
        hour=15,
        summary="分区赛八支队伍出征，三支晋级。赛前一晚，一台机器人的左臂在练习中断成两截。",
        tags=("机器人", "学科竞赛", "学生社团"),
        credits=(
            Credit("author", "周一帆", "youth-league", note="学生记者"),
            Credit("photographer", "刘润之", "youth-league", note="学生记者"),
            Credit("reviewer", "梁未央", "youth-league", stage="first"),
        ),
        photos=(Photo("robots", "分区赛现场，参赛机器人进入障碍区。", "刘润之", "youth-league"),),
        body="""
<p>{day}，全国大学生机器人竞赛东部分区赛落幕，我校派出的八支队伍中有三支晋级决赛，晋级数为历年最多。</p>
<p>三支队伍分别来自机械工程学院、计算机学院和校机器人协会。其中机器人协会的“蜗牛”队成绩最意外：赛前一晚的练习中，机器人的左臂在一次侧翻时断成两截，备用件第二天中午才能送到。队长范子墨和队友用比赛场馆里找到的一截铝合金桌腿重新加工了连杆，凌晨三点装好，上午十点上场。</p>
<p>“它走得比以前更慢，但是没有再翻过。”范子墨说。靠着零失误，“蜗牛”队在四十六支队伍中排名第五。</p>
<p>决赛将在下个月中旬举行。校团委为三支队伍开放了大学生活动中心地下一层作为集训场地，每晚七点到十点，欢迎同学前往围观，“但是请不要和机器人合影时按它的急停按钮”。</p>
""",
    ),
    Story(
        headline="校医院启用线上预约，平均候诊缩短四成",
        section="campus",
        unit="hospital",
        days_ago=3,
        hour=9,
        summary="预约以十五分钟为一段，老年教职工仍可现场取号，窗口不取消。",
        tags=("校医院", "便民服务"),
        credits=(
            Credit("author", "欧阳澜", "hospital"),
            Credit("photographer", "沈若溪", "publicity"),
            Credit("reviewer", "洪在田", "hospital", stage="first"),
        ),
        photos=(Photo("hospital", "导诊台前，候诊的队伍短了。", "沈若溪", "publicity"),),
        body="""
<p>校医院线上预约系统运行两周，累计预约三千二百余人次。统计显示，全科门诊平均候诊时间由四十一分钟缩短到二十四分钟，口腔科由七十三分钟缩短到三十六分钟。</p>
<p>系统以十五分钟为一段放号，当天早上七点另放三成号源，供临时不适的师生使用。预约后未到诊又没有取消的，一个月内累计三次将暂停线上预约两周。</p>
<p>考虑到老年教职工的习惯，现场取号窗口保留，导诊台增加一名志愿者帮助操作。“一位老先生来了三次，第三次是来教别人用的。”校医院副院长洪在田说。</p>
<p>下一步，校医院计划把体检报告查询和慢性病续方接入同一入口。</p>
""",
    ),
    Story(
        headline="食堂的一粒米走了多远？后勤公开食材来源",
        section="campus",
        unit="logistics",
        days_ago=5,
        hour=11,
        form="feature",
        summary="六个食堂的门口多了一块屏幕，每天更新两百多种食材的产地、进价和检测结果。",
        tags=("食堂", "后勤", "食品安全"),
        credits=(
            Credit("author", "曾小川", "logistics"),
            Credit("editor", "方晓棠", "publicity"),
            Credit("photographer", "阿依努尔·热合曼", "youth-league", note="学生记者"),
            Credit("reviewer", "雷大为", "logistics", stage="first"),
        ),
        photos=(Photo("canteen", "午间的第二食堂。", "阿依努尔·热合曼", "youth-league"),),
        body="""
<p>在第二食堂门口，一块竖屏取代了原来的宣传画。屏幕上没有口号，只有一张不断滚动的表：今天的大米来自哪个县，进价多少，哪一天碾的，检测员是谁。</p>
<p>公开从一次争论开始。上学期，一名学生在校长信箱里问：为什么门外市场的土豆比食堂便宜？后勤服务中心认真算了账，发现答案并不体面——有七种蔬菜的供货合同三年没有重新询价。</p>
<p>从本学期起，六个食堂统一采购，每两周询价一次，价格、产地和检测结果全部上屏，同时可以在网页上查到。第一个月，蔬菜类平均进价下降百分之十一，米饭价格由每份六角降到五角。</p>
<ul>
<li>大米：每批次抽检水分和重金属，留样六个月；</li>
<li>叶菜：当天进货，早上六点前完成农药残留快检；</li>
<li>食用油：每三天测一次极性组分，不合格当场更换。</li>
</ul>
<p>后勤队长雷大为说，屏幕挂出来的头一个星期，来看的人很多；第二个星期就少了；第三个星期，有个学生指出菠菜的产地和照片里的包装箱对不上。“他说得对，录入的人填串了行。我们最高兴的就是这件事，说明真有人看。”</p>
""",
    ),
    Story(
        headline="校园马拉松周日开跑，东门至北湖路段临时管制",
        section="campus",
        unit="student-affairs",
        days_ago=4,
        hour=16,
        form="brief",
        summary="三千二百人报名，最年长的跑者七十一岁。",
        tags=("体育", "校园马拉松"),
        credits=(Credit("author", "董乐平", "student-affairs"),),
        body="""
<p>第九届校园马拉松将于本周日早上七点半在东门广场起跑。今年设半程、十公里和五公里亲子三个组别，报名三千二百人，最年长的跑者七十一岁，是退休的测量学教师。</p>
<p>早上七点至十点半，东门至北湖路段禁止机动车通行，校内班车改走西环路。沿途设六个补给点，全程使用可回收水杯。</p>
""",
    ),
    Story(
        headline="走廊里的公式墙：数学学院把草稿纸搬上了墙",
        section="campus",
        unit="mathematics",
        days_ago=8,
        hour=10,
        summary="一面可以擦写的墙，一学期写过四百多道题，有人在上面等了十九天才等到答案。",
        tags=("数学", "校园文化"),
        credits=(
            Credit("author", "常乐安", "mathematics"),
            Credit("photographer", "常乐安", "mathematics"),
            Credit("reviewer", "谭思齐", "mathematics", stage="first"),
        ),
        photos=(Photo("blackboard", "公式墙上的一个下午。", "常乐安", "mathematics"),),
        body="""
<p>数学楼二层的走廊有一面二十二米长的墙，刷着可以擦写的深绿色涂料。墙边没有规定，只挂着粉笔和一块写着“请不要擦掉没有做完的题”的小木牌。</p>
<p>这面墙是学生会去年向学院申请的。常乐安统计过，一个学期里墙上出现过四百多道题，多数在当天有人回答；最久的一道等了十九天，是关于铺砖的，最后由一位来送水的师傅写下了关键的一步——他年轻时做过瓦工。</p>
<p>墙上也有吵架。两种颜色的粉笔为一个积分的换元争了三天，第四天有人用第三种颜色写道：“你们都对，第二行抄错了。”</p>
<p>学院教授谭思齐每周三晚饭后来走廊站半个小时，只看，不写。他说，在这里他能看到学生真正卡住的地方，“卷子上看不到，因为卷子上的人都假装没有卡住”。</p>
""",
    ),
    Story(
        headline="后勤完成教学楼节水改造，一学期省下三个游泳池",
        section="campus",
        unit="logistics",
        with_units=("civil",),
        days_ago=13,
        hour=9,
        summary="更换四百一十个水龙头，修复十二处暗漏，最大的一处漏了至少四年。",
        tags=("节能", "后勤"),
        credits=(
            Credit("author", "曾小川", "logistics"),
            Credit("author", "尹若谷", "civil"),
            Credit("reviewer", "雷大为", "logistics", stage="first"),
        ),
        body="""
<p>{day}，五栋教学楼节水改造通过验收。改造更换感应水龙头四百一十个，修复地下暗漏十二处。对照上年同期，五栋楼用水量减少七千六百吨，约合三个标准游泳池。</p>
<p>最大的一处漏点在第三教学楼北侧花坛下。土木与环境学院副教授尹若谷带领学生，用夜间最小流量法把范围缩小到三十米，再用听音杆确定位置。挖开以后，发现管道接口已经锈穿，从锈迹判断至少漏了四年，“花坛里的那几棵石榴长得特别好，原因找到了”。</p>
<p>五栋楼的逐时用水数据从即日起在校园能源平台公开，学生可以申请用于课程作业。</p>
""",
    ),
    Story(
        headline="国际学生的中秋：一张长桌，十七种语言",
        section="campus",
        unit="international",
        days_ago=58,
        hour=20,
        summary="来自三十一个国家的学生各带一道菜，用自己的语言讲一个关于月亮的故事。",
        tags=("国际学生", "校园文化"),
        credits=(
            Credit("author", "宋怀瑾", "international"),
            Credit("photographer", "沈若溪", "publicity"),
        ),
        photos=(
            Photo("moon", "月亮升到钟楼上方的时候，桌上的菜刚刚上齐。", "沈若溪", "publicity"),
        ),
        body="""
<p>{day}晚，留学生公寓前的草坪上摆开了一张四十米的长桌。来自三十一个国家的一百六十名学生每人带来一道菜，没有主持人，也没有节目单，只有一个约定：坐下来之前，用自己的语言讲一个关于月亮的故事。</p>
<p>故事讲了两个小时，一共用了十七种语言。有人讲月亮是一只被天神追赶的兔子，有人讲月亮是河流的镜子，一名来自沿海岛国的学生说，他们那里没有月亮的故事，“因为渔民只看潮水”，他讲的是潮水。</p>
<p>国际交流处准备的翻译最后没有用上。坐在同一段长桌的人自己找到了办法：手势、画图和邻座的邻座。</p>
""",
    ),
    Story(
        headline="一封迟到六十年的信回到校史馆",
        section="campus",
        unit="archives",
        days_ago=20,
        hour=10,
        form="feature",
        summary="拆迁时在墙缝里发现的一封信，写信人是建校时的第一任总务，收信人已经不在。",
        tags=("校史", "人物"),
        credits=(
            Credit("author", "傅存真", "archives"),
            Credit("editor", "卢承安", "publicity"),
            Credit("photographer", "沈若溪", "publicity"),
        ),
        photos=(Photo("exhibition", "信件在校史馆第二展厅展出。", "沈若溪", "publicity"),),
        body="""
<p>信是在旧粮店的墙缝里找到的。拆迁工人把它交给了社区，社区根据信封上的落款找到了学校。信封没有贴邮票，收信人一栏写着“建民同志”，落款是“青禾筹建处 老洪”。</p>
<p>校史馆馆员傅存真一眼认出了字迹。筹建处的账本现存十一册，其中九册出自同一个人之手，横画长，竖画短，“七”字的一横总是出格。他叫洪善长，建校时的第一任总务。</p>
<p>信里写的是琐事：东边的井打到十九米见水了，水有一点涩；木料到了一半，另一半在河对岸等船；学生已经来了六十多个，没有桌子，先用门板；请你带两斤钉子来，三寸的，不要两寸的。信的末尾说：“你来看看，这里什么都没有，可是真好。”</p>
<p>收信人没有来，也许从来没有收到过信。傅存真查了当年的人事登记，名字里有“建民”的三个人，都没有在学校工作过。</p>
<p>两斤钉子的下落倒是查到了。账本第三册记着：“购三寸钉五斤，自垫。”</p>
<p>经修复，这封信从{day}起在校史馆第二展厅展出，旁边放着账本第三册，翻到那一页。</p>
""",
    ),
    Story(
        headline="学生处推出“免申即享”：困难补助直接到账",
        section="campus",
        unit="student-affairs",
        days_ago=15,
        hour=14,
        summary="以食堂消费等数据为参考，由辅导员逐一核实，首批四百一十二名学生收到补助。",
        tags=("资助", "学生工作"),
        credits=(
            Credit("author", "董乐平", "student-affairs"),
            Credit("reviewer", "贺兰舟", "publicity", stage="final"),
        ),
        body="""
<p>本月起，学校家庭经济困难学生的伙食补助不再需要填表申请。{day}，首批四百一十二名学生在校园卡里收到每月三百六十元的补助，附言只有四个字：“好好吃饭”。</p>
<p>名单以在校用餐天数和单餐消费为参考，由系统初筛，再由辅导员逐一核实。核实不召开评议会，不公示姓名，也不要求学生写情况说明。初筛的五百零三人中，有九十一人经核实不属于困难情形，其中不少是“正在减肥”。</p>
<p>学生处同时提供了退出方式：收到补助的学生如果认为自己不需要，可以在校园卡小程序里一键退回，不必说明理由。到发稿时，有六人退回。</p>
""",
    ),
    Story(
        headline="合唱团走进地铁站，唱了四十分钟",
        section="campus",
        unit="arts",
        with_units=("youth-league",),
        days_ago=22,
        hour=19,
        summary="没有舞台和话筒，晚高峰的换乘大厅里，有人错过了三趟车。",
        tags=("合唱", "美育"),
        credits=(
            Credit("author", "戚小满", "arts", note="学生记者"),
            Credit("photographer", "刘润之", "youth-league", note="学生记者"),
            Credit("reviewer", "柳闻笛", "arts", stage="first"),
        ),
        photos=(Photo("stage", "合唱团在校内音乐厅的行前排练。", "刘润之", "youth-league"),),
        body="""
<p>{day}晚六点，大学路地铁站的换乘大厅。四十二名学生从不同的出口走来，站成三排，指挥柳闻笛抬起手。</p>
<p>他们唱了四十分钟，九首歌，没有伴奏。前两首的时候，行人绕开走；第三首，有一个背着电脑包的人停下来；到第六首，大厅里站了两百多人，自动扶梯的声音成了低音部。</p>
<p>这是合唱团“不在音乐厅”系列的第四场。前三场分别在食堂、工地和校医院的候诊区。柳闻笛说，换一个地方，学生就会换一种听法，“在音乐厅里他们听自己，在这里他们只能听别人”。</p>
<p>演出结束，队伍就地散开，各自刷卡回学校。一位站务员跟着走了几步，问下个月还来不来。</p>
""",
    ),
    Story(
        headline="消防演练第一次没有提前通知，结果怎样",
        section="campus",
        unit="logistics",
        days_ago=33,
        hour=15,
        summary="疏散用时七分五十秒，比预案多出近三分钟，三处安全出口堆有杂物。",
        tags=("校园安全", "消防"),
        credits=(
            Credit("author", "曾小川", "logistics"),
            Credit("reviewer", "雷大为", "logistics", stage="first"),
        ),
        body="""
<p>{day}下午三点十二分，第七宿舍楼的火警铃响了。与往年不同，这次演练没有通知学生，也没有通知宿舍管理员。</p>
<p>楼内五百八十六人全部撤出用时七分五十秒，预案要求是五分钟。时间主要花在两个地方：三层西侧的安全出口堆着五辆折叠自行车；四层有十一名学生以为是误报，第二遍广播之后才出门。</p>
<p>好消息也有。二层的两名学生按照新生训练时学到的办法，敲开了走廊上的每一扇门；一名正在洗澡的学生裹着湿毛巾第一个到达集合点。</p>
<p>后勤服务中心当晚清理了全部安全出口，并决定每学期的演练都不再预告。</p>
""",
    ),
    Story(
        headline="旧书市集重开，两千册教材换了主人",
        section="campus",
        unit="youth-league",
        with_units=("library",),
        days_ago=68,
        hour=17,
        form="brief",
        summary="不收现金，一本换一本，多出来的书捐给乡村中学。",
        tags=("图书馆", "学生社团", "绿色校园"),
        credits=(Credit("author", "阿依努尔·热合曼", "youth-league", note="学生记者"),),
        body="""
<p>停办三年的旧书市集{day}在图书馆前广场重开。市集不收现金，一本换一本，一天里有两千一百册教材换了主人。换得最多的是高等数学，最抢手的是一本写满批注的理论力学。</p>
<p>收摊时剩余的三百四十册书由图书馆登记，捐给两所乡村中学。</p>
""",
    ),
    Story(
        headline="夜跑的人多了，校园的灯也亮了",
        section="campus",
        unit="student-affairs",
        with_units=("logistics",),
        days_ago=40,
        hour=11,
        summary="根据两个月的夜跑轨迹，北湖环路新增六十四盏低位路灯，亮度随人流变化。",
        tags=("体育", "校园生活", "后勤"),
        credits=(
            Credit("author", "秦朗", "student-affairs", note="学生助理"),
            Credit("photographer", "周一帆", "youth-league", note="学生记者"),
            Credit("reviewer", "董乐平", "student-affairs", stage="first"),
        ),
        photos=(Photo("track", "雨后的田径场。", "周一帆", "youth-league"),),
        body="""
<p>北湖环路的六十四盏新路灯装在离地四十厘米的地方，只照路面，不照宿舍的窗户。没有人的时候，它们保持两成亮度；有人跑近，前方三盏渐渐亮起来，跑过去，再慢慢暗下去。</p>
<p>灯的位置不是画图画出来的。学生处请夜跑协会征集了两个月的匿名轨迹，一共一千九百条，叠在一张地图上，最亮的一条线正好绕过北湖，而当时那一段只有四盏灯。</p>
<p>协会会长秦朗说，以前女生夜跑大多选操场，“现在环湖的人里一半是女生”。</p>
""",
    ),
    Story(
        headline="新版校园地图上线，标出每一处坡道和每一部电梯",
        section="campus",
        unit="computing",
        with_units=("logistics", "student-affairs"),
        days_ago=29,
        hour=10,
        summary="一名使用轮椅的学生和他的同学花了一个学期，走完了学校的每一扇门。",
        tags=("无障碍", "校园服务"),
        credits=(
            Credit("author", "郁可", "computing", note="学生记者"),
            Credit("editor", "方晓棠", "publicity"),
            Credit("reviewer", "姜维桢", "computing", stage="first"),
        ),
        photos=(Photo("gate", "从南校门到主楼的无障碍路线。", "沈若溪", "publicity"),),
        body="""
<p>新版校园地图{day}上线。它没有三维建筑，也没有语音导游，但是标出了全校三百一十四扇门的净宽、一百零七处坡道的坡度和二十九部电梯的开放时间。</p>
<p>这些数字是量出来的。计算机学院大三学生郁可和五名同学花了一个学期，推着一辆轮椅走遍校园。带队的是使用轮椅的研究生小秦，他规定了一条原则：凡是需要别人帮忙才能通过的，就记为“不能通过”。</p>
<p>测量结果让很多人意外。全校建筑的主要入口里，能够独立通过的占百分之七十一；而图书馆这样修有标准坡道的地方，因为坡道尽头的门向外开，实际上也进不去。</p>
<p>地图上线之前，后勤服务中心已按清单改造了十九处，图书馆的门上个月改成了感应平移门。余下的四十一处列入明年的计划，完成一处，地图上绿一处。</p>
""",
    ),
    Story(
        headline="银杏树下的二手自行车：毕业生留下三百辆",
        section="campus",
        unit="student-affairs",
        days_ago=85,
        hour=9,
        form="brief",
        summary="清理、维修、喷漆、编号，三百辆旧车交给了新生。",
        tags=("绿色校园", "新生"),
        credits=(Credit("author", "秦朗", "student-affairs", note="学生助理"),),
        photos=(Photo("ginkgo", "银杏大道上的自行车。", "秦朗", "student-affairs"),),
        body="""
<p>毕业生离校时留下的三百辆自行车，经过一个暑假的维修，{day}起在银杏大道北端免费发放。每辆车都换了刹车线，喷了编号，附一张写有原主人留言的卡片。</p>
<p>领到第十七号车的新生收到的留言是：“它右转的时候会响，不用修，那是它在打招呼。”</p>
""",
    ),
    Story(
        headline="教职工羽毛球赛：六十岁的混双冠军",
        section="campus",
        unit="mathematics",
        with_units=("hospital",),
        days_ago=36,
        hour=18,
        form="brief",
        summary="谭思齐与欧阳澜在决胜局连追六分。",
        tags=("体育", "教职工"),
        credits=(Credit("author", "常乐安", "mathematics"),),
        body="""
<p>{day}晚，教职工羽毛球赛混双决赛在体育馆进行。六十岁的数学学院教授谭思齐与校医院医师欧阳澜在决胜局十四比十九落后的情况下连追六分，最终以二十一比十九战胜土木与环境学院组合，获得冠军。</p>
<p>“我算过，”谭思齐说，“对面跑动的距离是我们的一点七倍，拖到第三局就行。”</p>
""",
    ),
    Story(
        headline="敲开老城的门：二百名学生寻访六十一口水井",
        section="campus",
        unit="international",
        with_units=("civil",),
        days_ago=28,
        hour=15,
        summary="三个周末，来自二十六个国家的学生找到六十一口井，其中九口仍在使用。",
        tags=("国际学生", "老城", "校地合作"),
        credits=(
            Credit("author", "Elena Marchetti", "international"),
            Credit("photographer", "沈若溪", "publicity"),
        ),
        photos=(Photo("skyline", "从北岸望老城。", "沈若溪", "publicity"),),
        body="""
<p>本市最早的地图上标着一百一十八口井。{day}，在连续三个周末挨家敲门之后，来自二十六个国家的二百名学生说得出其中大部分的下落：找到六十一口，九口还在用，有一口在理发店里。</p>
<p>主意是土木与环境学院教授尹若谷出的，他想知道九十年来老城地下水位怎样变动。埋设深层传感器，一个月就有答案；他宁愿去问人。</p>
<p>“传感器给你一个数，”他说，“老奶奶会告诉你它是哪一年干的，大家又为什么不再修它。”</p>
<h2>学生们带回了什么</h2>
<ul>
<li>三十四口井的水位，用系了重物的卷尺量得；</li>
<li>四十小时的访谈录音，说的是大多数采访者不会的方言；</li>
<li>一张腌萝卜的方子，据说非井水不可。</li>
</ul>
<p>成果将于明年春天交给区规划部门。理发师也要了一份地图，准备挂在镜子旁边。</p>
""",
    ),
    Story(
        headline="Two Hundred Students Map the Old City's Wells",
        section="campus",
        unit="international",
        with_units=("civil",),
        days_ago=24,
        hour=14,
        language="en",
        translation_of="敲开老城的门：二百名学生寻访六十一口水井",
        summary="Over three weekends, students from 26 countries found 61 wells, nine of them still in use.",
        tags=("International students", "Water", "校地合作"),
        credits=(
            Credit("author", "Elena Marchetti", "international"),
            Credit("photographer", "沈若溪", "publicity"),
        ),
        photos=(
            Photo("skyline", "The old city seen from the north bank.", "沈若溪", "publicity"),
        ),
        body="""
<p>The oldest map of the city marks 118 wells. On {day}, after three weekends of knocking on doors, two hundred students from 26 countries could say what has become of most of them: 61 found, nine still in use, one inside a barber's shop.</p>
<p>The survey was the idea of Professor Yin Ruogu of the School of Civil and Environmental Engineering, who wanted to know how the water table under the old city has moved in ninety years. Deep sensors would have told him in a month. He preferred to ask.</p>
<p>“A sensor gives you a number,” he said. “A grandmother tells you the year it went dry, and why people stopped repairing it.”</p>
<h2>What the students brought home</h2>
<ul>
<li>water levels for 34 wells, measured with a weighted tape;</li>
<li>forty hours of interviews in a dialect that most of the interviewers do not speak;</li>
<li>a recipe for pickled radish that is said to need well water and nothing else.</li>
</ul>
<p>The results will be handed to the district's planning office in the spring. The barber has asked for a copy of the map to hang beside his mirror.</p>
""",
    ),
    Story(
        headline="一堂课能不能没有手机？人文学院的十周试验",
        section="campus",
        unit="humanities",
        days_ago=50,
        hour=9,
        summary="二百四十名学生自愿参加，十周之后，多数人的变化不在成绩上。",
        tags=("学风建设", "课堂"),
        credits=(
            Credit("author", "宁远", "humanities", note="研究生"),
            Credit("editor", "卢承安", "publicity"),
            Credit("reviewer", "温如言", "humanities", stage="first"),
        ),
        photos=(Photo("reading", "阅览室里，手机被放进了门口的布袋。", "周一帆", "youth-league"),),
        body="""
<p>教室门口挂着一排灰色布袋，进门的时候把手机放进去，出门的时候取走。没有人检查，也没有人扣分。这是人文学院“中国古代散文”课堂的十周试验，二百四十名学生自愿参加。</p>
<p>教授温如言原本想看成绩。十周下来，期中成绩与往年相比没有显著差异。变化出现在别的地方：课间说话的人多了，平均每节课举手的次数由三次升到十一次；有学生在问卷里写，第二周开始觉得时间变长，第五周开始觉得时间够用。</p>
<p>也有人中途退出，一共三十七人，理由多是担心错过家里的电话。温如言认为退出同样有价值，“知道自己离不开，也是一种知道”。</p>
<p>试验没有推广的计划。布袋还挂在那里，愿意放的人自己放。</p>
""",
    ),
)
