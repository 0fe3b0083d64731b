from stakeholders.models.activity import Activity
from stakeholders.models.audit_entry import AuditEntry
from stakeholders.models.channel import Channel
from stakeholders.models.consent import ConsentEvent
from stakeholders.models.contact_import import ContactImport
from stakeholders.models.content_report import ContentReport
from stakeholders.models.coverage_target import CoverageTarget
from stakeholders.models.data_export import DataExport
from stakeholders.models.district import District, Region
from stakeholders.models.enquiry import Enquiry, EnquiryMessage
from stakeholders.models.file_type import FileType
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.group_change import GroupChange
from stakeholders.models.legal_text import LegalText
from stakeholders.models.mandate import Mandate
from stakeholders.models.newsletter import Newsletter, Subscription
from stakeholders.models.note import Note
from stakeholders.models.organisation import Organisation
from stakeholders.models.outgoing_mail import OutgoingMail
from stakeholders.models.selection import Selection
from stakeholders.models.stakeholder import LegalBasis, Stakeholder
from stakeholders.models.tag import Tag
from stakeholders.models.topic import Topic

__all__ = [
    "Activity",
    "AuditEntry",
    "Channel",
    "ConsentEvent",
    "ContactImport",
    "ContentReport",
    "CoverageTarget",
    "DataExport",
    "District",
    "Enquiry",
    "EnquiryMessage",
    "FileType",
    "GroupChange",
    "LegalBasis",
    "LegalText",
    "Mandate",
    "Newsletter",
    "Note",
    "Organisation",
    "OutgoingMail",
    "Region",
    "Selection",
    "Stakeholder",
    "StakeholderGroup",
    "Subscription",
    "Tag",
    "Topic",
]
