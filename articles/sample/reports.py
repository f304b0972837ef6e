"""What readers of the sample newsroom found wrong."""

from articles.sample.shapes import Report

REPORTS = (
    Report(
        headline="数学学院青年教师解决一个关于铺砖的老问题",
        hours_ago=70,
        text="标题里说“老问题”，可文中说的是今年才提出的问题吧？",
        settled="文中说的是解法，问题提出已久，无误。已回复读者。",
    ),
    Report(
        headline="计算机学院团队提出稀疏数据下的洪峰预报方法",
        hours_ago=26,
        passage="峰现时间的误差由三点一小时减小到一点四小时",
        text="论文里写的是一点六小时，请核对。论文地址：https://papers.example/flood",
        contact="reader@example.net",
    ),
    Report(
        headline="新型传感器实验室揭牌，聚焦低功耗观测",
        hours_ago=3,
        passage="实验室面积三百六十平方米",
        text="现场的牌子上写的是三百二十平方米。",
    ),
)
