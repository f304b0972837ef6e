"""What pages of the newspaper are made of: `{% load newspaper %}`."""

from django import template

from articles.public.rail import rail

register = template.Library()

register.simple_tag(rail)
