"""How common ground and division are told in words; see `theses.domain.common_ground.Label`."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from theses.domain.common_ground import Label

NAMES: dict[Label, StrOrPromise] = {
    Label.CONSENSUS_AGREE: _("Konsens: Zustimmung"),
    Label.CONSENSUS_REJECT: _("Konsens: Ablehnung"),
    Label.DIVIDED_BETWEEN: _("strittig zwischen Gruppen"),
    Label.DIVIDED_WITHIN: _("strittig innerhalb der Gruppen"),
    Label.OPEN: _("offen"),
    Label.INSUFFICIENT: _("zu wenige Antworten"),
}

SENTENCES: dict[Label, StrOrPromise] = {
    Label.CONSENSUS_AGREE: _("In jeder Akteursgruppe mit genug Antworten stimmt eine Mehrheit zu."),
    Label.CONSENSUS_REJECT: _("In jeder Akteursgruppe mit genug Antworten lehnt eine Mehrheit ab."),
    Label.DIVIDED_BETWEEN: _("Die Gruppen sind uneins: In einer stimmt eine Mehrheit zu, in einer anderen nicht."),
    Label.DIVIDED_WITHIN: _("Die Gruppen sind in sich uneins: Zustimmung und Ablehnung halten sich fast die Waage."),
    Label.OPEN: _("Noch zeigt sich weder ein Konsens noch ein klarer Streit."),
    Label.INSUFFICIENT: _("Für eine Aussage braucht es mindestens zwei Akteursgruppen mit je zehn Antworten."),
}
