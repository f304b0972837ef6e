# Without the zero that Django puts before the month: 9月3日.
MONTH_DAY_FORMAT = "n月j日"
