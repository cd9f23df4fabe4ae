"""The words by which a business function is recognised: data, no rules.

A phrase is written as people write it; case, accents, punctuation, plural s, articles and prepositions
do not matter (`orgmodel.functions.reading` folds phrases and texts alike), an umlaut may be written ae,
oe, ue. The longest phrase at a place wins and uses up its words: "product marketing" is marketing,
"IT support" is IT. Four strengths decide between several finds in one text:

`OFFICES`
    Who somebody is, whatever field is named beside it: a "sales recruiter" recruits.
`FIELDS`
    The fields of work. Of several, the first named counts.
`GENERAL`
    Words used in every field ("operations", "engineer", "support"). They count only where nothing
    better is said by title, unit or manager.
`EXECUTIVE_RANKS`
    Ranks at the top of a company or a part of it; a field named beside them is stronger.

Choices a reader may dispute: engineering that builds what is sold is *product* ("software engineer",
"engineering", R&D), internal systems are *it* (also CIO and CTO; a "security" without "information" or
"IT" says nothing); purchasing, supply chain and quality are *operations*; communications and press are
*marketing*; compliance and data protection are *legal*; presales, "customer engineering" and account
management are *sales*; buildings and catering are *other*; strategy belongs to the *executive* office.
"CPO" is the product officer, "CCO" the commercial, "CRO" the revenue officer: spelled out, each is what
it says.
"""

from collections.abc import Mapping
from typing import Final

#: Plain words for a screen.
FUNCTION_TITLES: Final[Mapping[str, str]] = {
    "executive": "Executive",
    "sales": "Sales",
    "operations": "Operations",
    "marketing": "Marketing",
    "finance": "Finance",
    "it": "IT",
    "hr": "HR",
    "product": "Product",
    "legal": "Legal",
    "customer_service": "Customer service",
    "provider": "Service provider",
    "other": "Other",
}

Phrases = tuple[str, ...]
"""Lines of phrases separated by commas, about one line per language."""

OFFICES: Final[Mapping[str, Phrases]] = {
    "executive": (
        "CEO, chief executive, chief executive officer, chief of staff",
        "Vorstandsvorsitz, Vorstandsvorsitzende, Vorstandsvorsitzender",
        "PDG, président-directeur général, présidente-directrice générale, administrateur délégué",
        "consejero delegado, consejera delegada, amministratore delegato, amministratrice delegata",
        "gedelegeerd bestuurder, Geschäftsführung",
    ),
    "sales": (
        "CRO, CCO, chief revenue officer, chief commercial officer, chief sales officer",
        "customer relationship manager, account executive",
    ),
    "operations": (
        "COO, chief operating officer, chief operations officer, chief supply chain officer, buyer, teller",
    ),
    "marketing": ("CMO, chief marketing officer, chief brand officer, chief communications officer",),
    "finance": (
        "CFO, chief financial officer, chief finance officer, chief accounting officer, accountant",
        "controller, comptroller, treasurer, auditor, bookkeeper, Controlling, Buchhaltung, Buchhalter",
        "DAF, directeur administratif et financier, directrice administrative et financière, comptable",
        "contable, contador, contadora, ragioniere, boekhouder",
    ),
    "it": (
        "CIO, CTO, CISO, CDO, chief information officer, chief information security officer",
        "chief data officer",
        "chief technology officer, chief technical officer, chief digital officer",
        "IT support, help desk, helpdesk, service desk, servicedesk, desktop support, end user support",
        "DSI, support informatique, assistance informatique, soporte informático, soporte TI, mesa de ayuda",
        "supporto IT, assistenza IT, IT-Support, EDV-Support, Benutzerservice, IT-ondersteuning",
    ),
    "hr": (
        "CHRO, chief human resources officer, chief people officer, chief talent officer",
        "recruiter, recruiting, recruitment, DRH, HR business partner, people partner",
    ),
    "product": (
        "CPO, chief product officer, software engineer, software engineering, software developer",
        "frontend engineer, front end engineer, backend engineer, back end engineer, full stack engineer",
        "fullstack engineer, product manager, product owner, product designer, Softwareentwicklung",
        "chief innovation officer, chief scientific officer",
    ),
    "legal": (
        "GC, CLO, general counsel, chief legal officer, chief compliance officer, counsel, lawyer, attorney",
        "solicitor, paralegal, company secretary, corporate secretary, data protection officer",
        "Syndikus, Justiziar, Justitiar, Justitiariat, Justiziariat, Datenschutzbeauftragte, juriste, avocat",
        "abogado, abogada, avvocato, bedrijfsjurist",
    ),
    "other": ("estates",),
}

FIELDS: Final[Mapping[str, Phrases]] = {
    "sales": (
        "sales, sale, selling, commercial, presales, pre-sales, inside sales, field sales, sales operations",
        "business development, account manager, account management, account director, key account, SDR, BDR",
        "account leader, strategic account, key accounts, strategic accounts, named accounts, sales accounts",
        "sales engineer, sales engineering, customer engineer, customer engineering",
        "solution engineer, solutions engineering, solution architect, solutions consultant",
        "value engineering, revenue operations, customer acquisition",
        "relationship manager, client adviser, client advisor, private banker, private banking",
        "business clients, corporate clients, private clients, Firmenkunden, Privatkunden, mortgage adviser",
        "investment adviser",
        "Vertrieb, Verkauf, Außendienst, Innendienst, Geschäftsentwicklung",
        "chargé de clientèle, chargée de clientèle, commerciale, commerciaux, vente, ventes",
        "technico-commercial, grands comptes, avant-vente",
        "ventas, venta, comercial, preventa, desarrollo de negocio, grandes cuentas",
        "vendite, vendita, sviluppo commerciale, Verkoop, commercieel, commerciële",
    ),
    "operations": (
        "production, manufacturing, supply chain, logistics, procurement, purchasing, warehouse, warehousing",
        "shipping, transport, transportation, plant, factory, fleet",
        "maintenance, inventory, operational excellence, quality control, production engineer, assembly",
        "manufacturing engineer, process engineer, business operations, production planning",
        "Produktion, Fertigung, Logistik, Einkauf, Beschaffung, Lager, Versand, Instandhaltung, Werkleitung",
        "Werksleitung, Werkleiter, Werksleiter, Betriebsleitung, Betriebsleiter",
        "logistique, achat, achats, approvisionnement, usine, exploitation, entrepôt",
        "producción, logística, compras, abastecimiento, almacén, fábrica, cadena de suministro",
        "produzione, logistica, acquisti, approvvigionamento, stabilimento, magazzino",
        "productie, logistiek, inkoop, magazijn",
    ),
    "marketing": (
        "marketing, product marketing, customer marketing, partner marketing, field marketing, brand",
        "branding",
        "communication, public relations, PR, press, public affairs, social media, advertising",
        "demand generation, demand gen, lead generation, market research, customer insight",
        "developer relations, copywriter",
        "developer advocate, developer evangelist, developer advocacy",
        "graphic designer, marketing operations, digital marketing",
        "Werbung, Kommunikation, Öffentlichkeitsarbeit, Presse, Pressestelle, Marktforschung",
        "relations presse, publicité, mercadotecnia, mercadeo, comunicación, publicidad, prensa",
        "comunicazione, pubblicità, communicatie",
    ),
    "finance": (
        "finance, financial, accounting, accounts payable, accounts receivable, treasury, audit, billing",
        "FP&A, planning and analysis, M&A, investor relations, finance operations, financial planning",
        "internal audit",
        "Finanzen, Rechnungswesen, kaufmännische Leitung, kaufmännischer Leiter, Revision, Innenrevision",
        "Steuern, Steuerabteilung, Fakturierung, Forderungsmanagement, Haushalt",
        "financier, financière, comptabilité, trésorerie, fiscalité, contrôle de gestion, facturation",
        "finanzas, financiero, financiera, contabilidad, tesorería, facturación, control de gestión, tesoro",
        "intervención general, recursos económicos, patrimonio y contratación, presupuesto",
        "finanza, finanziario, finanziaria, contabilità, tesoreria, controllo di gestione",
        "financiën, financieel, boekhouding",
    ),
    "it": (
        "IT, ICT, information technology, information systems, information management, information services",
        "management information systems, business technology, business systems, enterprise applications",
        "enterprise systems, enterprise architecture, information security, cyber security, cybersecurity",
        "IT security, IT operations, network engineer, network administrator, network administration",
        "system administrator, systems administrator, systems engineer, systems analyst, system analyst",
        "sysadmin, database, DBA, data engineer, data management, security compliance",
        "security operations, application security, data center, data warehouse, business intelligence",
        "tech ops",
        "technical operations, infrastructure engineer, information communications technology",
        "EDV, Informatik, Informationstechnik, Informationstechnologie, Systemadministration, Rechenzentrum",
        "informatique, système d'information, systèmes informatiques, direction des systèmes",
        "informática, TI, tecnología de la información, sistemas de información, transformación digital",
        "informatica, sistemi informativi, automatisering, informatievoorziening",
    ),
    "hr": (
        "HR, human resource, human capital, personnel, talent, talent acquisition, people operations",
        "people and culture, people group, people team, people success, people analytics, employee relations",
        "HR operations",
        "employee experience, learning and development, organisational development",
        "organizational development",
        "total rewards, compensation and benefits, diversity and inclusion",
        "Personalabteilung, Personalwesen, Personalleitung, Personalleiter, Personalleiterin",
        "Personalreferent",
        "Personalreferentin, Personalentwicklung, Personalmanagement, Personalverwaltung, Personalbüro",
        "RH, ressources humaines, gestion du personnel, recrutement, paie",
        "RRHH, RR HH, recursos humanos, gestión de personas, talento humano, capital humano, selección",
        "risorse umane, personeelszaken, personeel, personeel en organisatie, werving en selectie",
    ),
    "product": (
        "product, product management, product design, product development, engineering, R&D, developer",
        "research and development, software, frontend, front end, backend, back end, full stack, fullstack",
        "UX, user experience, technical writing, technical writer, devops, site reliability, SRE",
        "tool design",
        "machine learning, quality engineer, QA engineer, test engineer, incubation engineering",
        "Produkt, Produktmanagement, Produktentwicklung, Forschung, F&E, Forschung und Entwicklung",
        "Entwickler",
        "Konstruktion, Softwareentwickler",
        "produit, développement produit, ingénierie, recherche et développement, développeur",
        "bureau d'études",
        "producto, desarrollo de producto, ingeniería, investigación y desarrollo, I+D, desarrollador",
        "prodotto, ingegneria, ricerca e sviluppo, sviluppatore, productontwikkeling",
        "onderzoek en ontwikkeling",
    ),
    "legal": (
        "legal, compliance, regulatory affairs, data protection, privacy, intellectual property, litigation",
        "legal operations, corporate counsel, patents",
        "Recht, Rechtsabteilung, Rechtsangelegenheiten, Datenschutz, Patente",
        "juridique, affaires juridiques, conformité, contentieux",
        "jurídico, jurídica, asesoría jurídica, servicios jurídicos, cumplimiento",
        "legale, affari legali, juridisch, juridische, juridische zaken",
    ),
    "other": (
        "facility, facilities, facility management, real estate, building, building services, buildings",
        "office services, catering, canteen, health and safety, property services, security guard",
        "security officer, reception, receptionist",
        "Immobilien, Liegenschaften, Gebäudemanagement, Gebäudebewirtschaftung, Hausverwaltung, Kantine",
        "services généraux, moyens généraux, immobilier, servicios generales, servizi generali, facilitair",
    ),
}

GENERAL: Final[Mapping[str, Phrases]] = {
    "executive": (
        "strategy, corporate development, corporate planning, strategic planning, regional manager",
        "area manager, branch manager, store manager",
        "Strategie, Unternehmensentwicklung, stratégie, estrategia, strategia, Filialleiter",
    ),
    "sales": ("alliances, partnerships, channels, channel, customer development, sales enablement",),
    "operations": (
        "operation, operational, operating, distribution, fulfilment, fulfillment, ops, delivery",
        "service delivery, project, PMO, analytics, data",
        "quality, quality assurance, quality management, professional services, administration, data analyst",
        "data scientist, data and analytics",
        "Betrieb, Qualitätssicherung, Qualitätsmanagement, Verwaltung, Projekte, Prozessmanagement",
        "opérations, qualité, projets, operaciones, calidad, proyectos, operazioni, operativo, operativa",
        "qualità",
        "operativer, operaties, kwaliteit",
    ),
    "marketing": ("content, community relations, community advocate, media, campaign, event, Medien",),
    "finance": ("tax, accounts, budget, credit, insurance, risk, risk management, cost",),
    "it": (
        "technology, network, systems, digital, IT infrastructure, technical infrastructure",
        "Technologie, Digitalisierung, tecnología, tecnologie, sistemas, sistemi, technologie",
    ),
    "hr": ("payroll, training, workforce, Ausbildung, formation, formación, nómina, formazione",),
    "product": (
        "engineer, designer, design, development department, innovation, laboratory, research, scientist",
        "technical director, technischer Leiter, technische Leitung, directeur technique, director técnico",
        "Entwicklung, Ingenieur, développement, ingénieur, desarrollo, ingeniero, ingeniera, sviluppo",
        "investigación, recherche, ricerca, ontwikkeling, programmer, Programmierer",
    ),
    "legal": ("contracts, governance, regulatory, regulation, Verträge",),
    "other": ("policy, office manager",),
}

EXECUTIVE_RANKS: Final[Phrases] = (
    "president, managing director, general manager, GM, country manager, country director, country head",
    "owner, co-owner, regional head",
    "founder, cofounder, co-founder, chair, chairman, chairwoman, chairperson, board of directors, board",
    "executive management, executive director, regional director, director general, permanent secretary",
    "deputy managing director, general management, executive committee, managing partner",
    "Geschäftsführer, Geschäftsführerin, Geschäftsleitung, Vorstand, Inhaber, Inhaberin, Gründer, Gründerin",
    "Präsident, Präsidentin, Landesleiter, Niederlassungsleiter",
    "président, présidente, directeur général, directrice générale, direction générale, gérant, gérante",
    "fondateur, fondatrice, propriétaire, directeur régional, directrice régionale",
    "presidente, presidenta, directora general, dirección general, gerente general, director gerente",
    "directora gerente",
    "fundador, fundadora, propietario, propietaria, dueño, dueña, gerencia general, director regional",
    "direttore generale, direttrice generale, direzione generale, titolare, fondatore",
    "algemeen directeur, directeur-eigenaar, eigenaar, oprichter, bestuur, bestuurder, voorzitter",
)

#: Regions: a leader of nothing but a region is the head of a part of the company.
REGIONS: Final[Phrases] = (
    "EMEA, APAC, Americas, America, North America, Latin America, LATAM, Asia, Asia Pacific, Europe, Africa",
    "Middle East, DACH, Iberia, Benelux, Nordics, Western Europe, Eastern Europe, Europa, Amérique",
)

#: Words that count only beside ranks and regions: "Head of Support, EMEA", not "life support".
STANDING_ALONE: Final[Mapping[str, Phrases]] = {
    "hr": ("people, Personal, personale",),
    "executive": ("DG",),
}

#: Phrases that use up their words and say nothing.
SAYING_NOTHING: Final[Phrases] = (
    "vice president, vice-président, vice-présidente, vicepresidente, vicepresidenta, Vizepräsident",
    "assistant vice president, personal assistant, executive assistant, executive business partner",
    "national citizen service, business support, support services, shared services, corporate services",
    "financial services, social services, public service, civil service, health service, human services",
    "managed services, support officer, young people, older people, Telekommunikation, customer design",
    "information officer",
)

#: Parts of long words (German, Dutch) -> the word of the vocabulary they stand for.
COMPOUNDS: Final[Mapping[str, str]] = {
    "vertrieb": "Vertrieb",
    "verkauf": "Verkauf",
    "verkäuf": "Verkauf",
    "außendienst": "Außendienst",
    "kundendienst": "Kundendienst",
    "kundenservice": "Kundenservice",
    "kundensupport": "Kundensupport",
    "kundenbetreu": "Kundenbetreuung",
    "kundenberat": "Kundenberatung",
    "kundenkontakt": "Kundenkontakt",
    "callcenter": "callcenter",
    "beschwerde": "Beschwerdemanagement",
    "reklamation": "Reklamation",
    "servicetechni": "Servicetechnik",
    "buchhalt": "Buchhaltung",
    "finanz": "Finanzen",
    "rechnungswesen": "Rechnungswesen",
    "controlling": "Controlling",
    "controller": "controller",
    "marketing": "marketing",
    "kommunikation": "Kommunikation",
    "logistik": "Logistik",
    "einkauf": "Einkauf",
    "einkäuf": "Einkauf",
    "beschaffung": "Beschaffung",
    "produktion": "Produktion",
    "fertigung": "Fertigung",
    "instandhaltung": "Instandhaltung",
    "qualitäts": "Qualitätssicherung",
    "geschäftsführ": "Geschäftsführer",
    "geschäftsleit": "Geschäftsleitung",
    "vorstand": "Vorstand",
    "rechtsabteilung": "Rechtsabteilung",
    "datenschutz": "Datenschutz",
    "softwareentwickl": "Softwareentwicklung",
    "produktmanage": "Produktmanagement",
    "produktentwickl": "Produktentwicklung",
    "personalabteilung": "Personalabteilung",
    "personalleit": "Personalleitung",
    "informatik": "Informatik",
    "helpdesk": "helpdesk",
    "klantenservice": "Klantenservice",
    "klantcontact": "Klantcontact",
    "verkoop": "Verkoop",
    "inkoop": "inkoop",
    "personeel": "personeel",
}

#: Ranks that lead: whoever has one keeps what the own title says, even in general words.
LEADING_RANKS: Final[Phrases] = (
    "head, chief, VP, SVP, EVP, AVP, RVP, vice, president, director, dir, lead, leader, managing",
    "Leiter, Leiterin, Leitung, Direktor, Direktorin, Chef, Chefin, Bereichsleiter, Geschäftsführer",
    "directeur, directrice, responsable, cheffe, jefe, jefa, directora, gerente, dirigente, direttore",
    "direttrice, responsabile, capo, hoofd, directie, deputy",
)

#: Ranks that run a team, and other words beside which a function may stand alone.
OTHER_RANKS: Final[Phrases] = (
    "manager, mgr, supervisor, team leader, Teamleiter, Teamleiterin, superviseur, supervisora, encargado",
)
SENIORITY: Final[Phrases] = (
    "senior, sr, junior, jr, acting, interim, associate, assistant, global, regional, department, division",
    "direction, dirección, departamento, Abteilung, Bereich, Referat, afdeling, direzione, reparto",
)

#: One spelling for another, after folding.
SPELLINGS: Final[Mapping[str, str]] = {
    "centre": "center",
    "svc": "service",
    "svcs": "service",
    "cust": "customer",
    "mktg": "marketing",
    "mgr": "manager",
    "mngr": "manager",
    "mgmt": "management",
    "ops": "operation",
    "rep": "representative",
    "exec": "executive",
    "dev": "developer",
}

#: Plurals that mean something else: an accounts manager keeps accounts, an account manager has customers.
PLURALS_KEPT: Final[frozenset[str]] = frozenset(("accounts",))

#: Words without weight: dropped from phrases and texts.
UNWEIGHTED: Final[Phrases] = (
    "of, the, for, to, at, by, in, on, a, an, de, du, des, la, le, les, au, aux, el, los, las, al, ao",
    "del, della, dello, delle, dei, degli, di, da, dal, der, die, das, dem, den, fur, von, vom, zum, zur, im",
    "van, voor, het",
)
CONJUNCTIONS: Final[frozenset[str]] = frozenset(("&", "+", "and", "et", "y", "e", "und", "en", "u"))
