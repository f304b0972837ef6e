"""What pages of the newspaper are made of: `{% load newspaper %}`."""

from django import template

from articles.public.lists.cards import card
from articles.public.rail import rail
from articles.public.showing import picture_beside_words

register = template.Library()

register.simple_tag(card)
register.simple_tag(rail)
register.simple_tag(picture_beside_words, name="picture")
