"""Numbers under which a site in China is filed: with the ministry (ICP) and with the police."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Of the subject, or with the number of one of its sites.
ICP = re.compile(rf"[{PROVINCES}]ICP备(?:[0-9]{{8}}|[0-9]{{10}})号(?:-[1-9][0-9]{{0,3}})?")
POLICE = re.compile(rf"[{PROVINCES}]公网安备([0-9]{{14}})号")
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="


def spelt(number: str) -> str:
    """Give the one spelling of a number, without blanks and wide characters."""
    return "".join(unicodedata.normalize("NFKC", number).split()).replace("icp", "ICP")


def check_icp(number: str) -> None:
    if not ICP.fullmatch(spelt(number)):
        raise ValidationError(
            _("An ICP filing number reads 京ICP备00000000号, or 京ICP备00000000号-1 for a site.")
        )


def check_police(number: str) -> None:
    if not POLICE.fullmatch(spelt(number)):
        raise ValidationError(
            _("A police filing number reads 京公网安备00000000000000号, with 14 digits.")
        )


def police_link(number: str) -> str:
    """Give where the police show what is filed under a number."""
    found = POLICE.fullmatch(number)
    return POLICE_REGISTER + found[1] if found else POLICE_REGISTER.partition("#")[0]
