from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from workshops.views import (
    attendance,
    calendar,
    invitation,
    month,
    pitch,
    recording,
    registration,
    series,
    ticket,
    workshop,
)

app_name = "workshops"
EVENTS = [
    path("", workshop.workshop_list, name="workshop_list"),
    path(_("anmelden-fuer/<int:pk>/"), recording.registration_choose, name="registration_choose"),
    path(_("kalender.ics"), calendar.calendar_feed, name="calendar_feed"),
    path(_("einlass/<str:code>/"), attendance.check_in, name="check_in"),
    path(_("mein-kalender/"), calendar.own_calendar_page, name="own_calendar"),
    path(_("mein-kalender/<str:token>.ics"), calendar.own_feed, name="own_feed"),
    path(_("monat/"), month.month_now, name="month_now"),
    path(_("monat/<str:number>/"), month.month_detail, name="month_detail"),
    path(_("reihe/<slug:slug>/"), series.series_detail, name="series_detail"),
    path("<slug:slug>/", workshop.workshop_detail, name="workshop_detail"),
    path(_("<slug:slug>/kalender.ics"), calendar.workshop_calendar, name="workshop_calendar"),
    path(_("<slug:slug>/abstimmen/"), pitch.pitch_vote, name="pitch_vote"),
    path(_("<slug:slug>/anmelden/"), registration.registration_create, name="registration_create"),
    path(
        _("<slug:slug>/anmelden-fuer/<int:pk>/"),
        recording.registration_record,
        name="registration_record",
    ),
    path(_("<slug:slug>/gruppe-anmelden/"), recording.registration_group, name="registration_group"),
]
REGISTRATIONS = [
    path("<str:token>/", registration.registration_manage, name="registration_manage"),
    path(_("<str:token>/aendern/"), registration.registration_change, name="registration_change"),
    path("<str:token>/ticket/", ticket.registration_ticket, name="registration_ticket"),
]
urlpatterns = [
    path(_("veranstaltungen/"), include(EVENTS)),
    path(_("einladung/<str:token>/"), invitation.invitation_answer, name="invitation_answer"),
    path(_("anmeldung/"), include(REGISTRATIONS)),
]
