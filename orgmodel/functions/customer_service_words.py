"""The words of customer service, by how clearly they say it, and those that cast doubt on it.

Written and folded like `orgmodel.functions.vocabulary`. "Customer success" and "customer experience" are
customer service, but not surely the unit that answers customers; "support" alone is customer support
unless IT or another word stands before it; "service" alone is hardly anything.
"""

from collections.abc import Mapping
from typing import Final

from orgmodel.functions.vocabulary import Phrases

#: Customer service by how clearly the words say it: 3 they mean nothing else, 2 they mean it mostly.
CUSTOMER_SERVICE: Final[Mapping[int, Phrases]] = {
    3: (
        "customer service, customer support, customer care, customer contact, contact center, call center",
        "customer service center, customer contact center, customer assistance, customer help desk",
        "customer helpdesk, customer service desk, customer hotline, customer interaction center",
        "customer engagement center, customer adviser, customer advisor, customer service representative",
        "consumer care, consumer service, client support, client care, callcenter",
        "customer technical support",
        "Kundendienst, Kundenservice, Kundensupport, Kundencenter, Kunden-Center, Kundenhotline",
        "Kundenkontakt",
        "Kunden-Service, Kundenservicecenter",
        "service client, service clientèle, service à la clientèle, support client, assistance client",
        "relation client, relation clientèle, centre d'appels, centre de contact, soutien à la clientèle",
        "atención al cliente, servicio al cliente, soporte al cliente, atención a clientes, servicio cliente",
        "servicio de atención al cliente, centro de llamadas, centro de contacto, ayuda al cliente",
        "assistenza clienti, assistenza cliente, servizio clienti, servizio cliente, supporto clienti",
        "centro assistenza clienti, Klantenservice, Klantcontact, Klantcontactcentrum, Klantendienst",
        "klantenondersteuning, klanten service, atendimento ao cliente, apoio ao cliente",
    ),
    2: (
        "customer success, customer experience, CX, customer operations, customer relation, client service",
        "client success, client relation, customer onboarding, customer happiness, customer advocate",
        "customer advocacy, chief customer officer, chief experience officer, customer director",
        "customer directorate, guest service, guest relation, member service, membership service",
        "passenger service, after sales, aftersales, after-sales service, service technician",
        "CSM, technical account manager, product support, support engineer, support engineering",
        "support agent, complaint, helpline, hotline",
        "complaints management, customer resolution, consumer affairs, consumer relation",
        "Kundenbetreuung, Kundenbetreuer, Kundenberatung, Kundenberater, Kundenerfahrung, Kundenerlebnis",
        "Beschwerdemanagement, Beschwerdestelle, Reklamation, Servicetechnik, Servicetechniker",
        "Servicecenter",
        "Servicezentrum, Serviceleitung, Serviceleiter, Bürgerservice, Bürgerbüro, Bürgeramt",
        "SAV, service après-vente, après-vente, expérience client, satisfaction client, réclamation",
        "conseiller clientèle, conseillère clientèle",
        "servicio técnico, posventa, postventa, servicio postventa, servicio posventa, reclamación",
        "reclamaciones, experiencia de cliente, experiencia del cliente, éxito del cliente",
        "assistenza tecnica, post-vendita, assistenza post-vendita, reclami, esperienza cliente",
        "klachten, klantervaring, klantenzorg, klantrelaties, buitendienst service",
    ),
}

#: Customer service in general words: they count where nothing better is said.
GENERAL_CUSTOMER_SERVICE: Final[Phrases] = (
    "technical support, citizen service, enquiry, enquiries",
    "technischer Support, Anwendersupport, support technique, soporte técnico, supporto tecnico",
    "support operations, support readiness, service center, technische ondersteuning",
)

#: The same for customer service, by how clearly it is meant.
CUSTOMER_SERVICE_ALONE: Final[Mapping[int, Phrases]] = {
    2: ("support, support team, support group, support center, soporte, supporto",),
    1: ("service, Kunden, servicio",),
}

#: Words that hint at customer service without naming a function.
CUSTOMER_HINTS: Final[Phrases] = ("customer, Kunde, clientèle",)

#: Functions whose phrase hints at customer service: somebody there may be the one who serves customers.
HINTING_PHRASES: Final[Mapping[str, Phrases]] = {
    "sales": ("sales support, customer relationship management",),
    "operations": ("field service",),
}

#: Words near "customer service" that say it is something else: how grave (1 or 2), what it may be, phrases.
DECOYS: Final[tuple[tuple[int, str, Phrases], ...]] = (
    (
        2,
        "it may manage contractors",
        ("contracted, outsourced, contractor, vendor, supplier, third party, Dienstleistersteuerung",),
    ),
    (
        2,
        "it may design services instead of serving customers",
        ("design, service design, customer design, architecture",),
    ),
    (
        1,
        "it may plan services instead of serving customers",
        (
            "strategy, policy, insight, research, change, transformation, journey, programme, program",
            "project",
            "training, Strategie, stratégie, estrategia, strategia",
        ),
    ),
    (2, "it may serve colleagues", ("internal, payroll, purchase to pay, employee, interne, interno",)),
    (2, "it may serve citizens in another sense", ("youth, national citizen service, volunteer",)),
)
