# As in simplified Chinese.
from newsroom.formats.zh_Hans.formats import MONTH_DAY_FORMAT  # noqa: F401
