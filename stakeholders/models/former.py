from django.utils.translation import gettext_lazy as _

FORMER = _("ehemalige Teilnehmerin / ehemaliger Teilnehmer")
"""What stands beside a contribution whose author has deleted the account, everywhere in these words."""
