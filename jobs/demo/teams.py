"""Who works here, where, and where their cost is booked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """A team, its people, the offset of its office from UTC in hours, and what its apps are about."""

    team_id: str
    team_name: str
    cost_center: str
    utc_offset: int
    region: str
    people: tuple[str, ...]
    subjects: tuple[str, ...]


COST_CENTERS = {
    "cc-commercial": ("Commercial", "chargeback"),
    "cc-product": ("Product", "chargeback"),
    "cc-customer": ("Customer Care", "shadow"),
    "cc-engineering": ("Engineering", "showback"),
    "cc-corporate": ("Corporate Functions", "showback"),
    "cc-platform": ("Platform", "showback"),
    "cc-platform-dev": ("Platform: staging and development", "showback"),
    "cc-unattributed": ("Unattributed", "showback"),
}

_EAST, _WEST = "us-east-1", "eu-west-1"

TEAMS = (
    Team(
        "growth", "Growth", "cc-commercial", -8, _EAST,
        ("maya.ortiz", "devon.park", "lena.fischer"),
        ("campaign", "landing-page", "referral", "signup", "ad-copy", "attribution", "promo", "experiment"),
    ),
    Team(
        "sales-tools", "Sales Tools", "cc-commercial", -5, _EAST,
        ("marcus.hale", "ines.duarte"),
        ("lead", "quote", "pipeline", "proposal", "account", "renewal", "territory", "call-notes"),
    ),
    Team(
        "search", "Search", "cc-product", 1, _WEST,
        ("jonas.weber", "aiko.tanaka", "petra.novak"),
        ("query", "catalog", "ranking", "synonym", "facet", "relevance", "autocomplete", "product-photo"),
    ),
    Team(
        "personalization", "Personalization", "cc-product", -5, _EAST,
        ("sam.okafor", "claire.moreau"),
        ("home-feed", "recommendation", "wishlist", "gift", "style", "bundle", "price-alert", "taste"),
    ),
    Team(
        "support-ai", "Support AI", "cc-customer", 0, _WEST,
        ("niamh.kelly", "tomas.silva", "ruth.adeyemi"),
        ("ticket", "refund", "chat", "macro", "escalation", "knowledge-base", "warranty", "returns"),
    ),
    Team(
        "trust-safety", "Trust & Safety", "cc-customer", 0, _WEST,
        ("oscar.lind", "hana.suzuki"),
        ("listing", "review", "fraud", "image", "seller", "appeal", "counterfeit", "spam"),
    ),
    Team(
        "data-science", "Data Science", "cc-engineering", -8, _EAST,
        ("priya.raman", "eli.cohen"),
        ("churn", "demand", "cohort", "forecast", "survey", "embedding", "feature", "notebook"),
    ),
    Team(
        "developer-experience", "Developer Experience", "cc-engineering", 1, _WEST,
        ("katja.brandt", "luis.romero"),
        ("pull-request", "changelog", "incident", "test", "docs", "migration", "log", "dependency"),
    ),
    Team(
        "finance-automation", "Finance Automation", "cc-corporate", 0, _WEST,
        ("george.whitby", "amara.diallo"),
        ("invoice", "expense", "ledger", "tax", "contract", "payment", "audit", "vendor"),
    ),
    Team(
        "people-ops", "People Operations", "cc-corporate", 0, _WEST,
        ("freya.olsen", "daniel.mbeki"),
        ("onboarding", "policy", "resume", "interview", "benefits", "training", "feedback", "travel"),
    ),
)  # fmt: skip

PLATFORM = Team("platform", "Platform", "cc-platform", 1, _WEST, ("ada.lindqvist", "ravi.menon"), ("cluster",))
