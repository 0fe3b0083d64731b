from stakeholders.models.audit_entry import AuditEntry
from stakeholders.models.consent import ConsentEvent
from stakeholders.models.district import District, Region
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.organisation import Organisation
from stakeholders.models.outgoing_mail import OutgoingMail
from stakeholders.models.stakeholder import Stakeholder

__all__ = [
    "AuditEntry",
    "ConsentEvent",
    "District",
    "Organisation",
    "OutgoingMail",
    "Region",
    "Stakeholder",
    "StakeholderGroup",
]
