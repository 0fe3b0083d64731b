"""Texts, numbers, dates, tables and charts in templates, in the language of the page."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from publishing import html, numbers
from publishing.charts.heat_table import HeatTable
from publishing.document import ChartBlock
from publishing.markdown import render_markdown
from publishing.tables import Table

register = template.Library()


def _language() -> str:
    return get_language() or "de"


@register.filter
def markdown(text: str) -> SafeString:
    return render_markdown(text)


@register.filter
def decimal(value: float | None, decimals: int = 1) -> str:
    return "–" if value is None else numbers.decimal(value, _language(), decimals)


@register.filter
def integer(value: int | None) -> str:
    return "–" if value is None else numbers.integer(value, _language())


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """The share lies between 0 and 1."""
    return "–" if share is None else numbers.percent(share, _language(), decimals)


@register.filter
def weekday_date(value: date | None) -> str:
    return "" if value is None else numbers.date_text(value, _language())


@register.filter
def weekday_time(value: datetime | None) -> str:
    return "" if value is None else numbers.datetime_text(value, _language())


@register.simple_tag
def data_table(table: Table) -> SafeString:
    return html.table_html(table, _language())


@register.simple_tag
def chart(block: ChartBlock) -> SafeString:
    return html.chart_html(block, _language())


@register.simple_tag
def drawing(block: ChartBlock) -> SafeString:
    return html.drawing_html(block, _language())


@register.simple_tag
def heat_table(table: HeatTable) -> SafeString:
    return html.heat_html(table, _language())
