from django import template

from portal import queues as portal_queues
from portal.queues import Queue

register = template.Library()


@register.simple_tag
def queues() -> list[Queue]:
    return portal_queues.queues()
