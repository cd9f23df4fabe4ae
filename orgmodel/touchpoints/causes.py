"""The causes of contacts: what customers call and write about, as data.

Each cause has the step at which it arises, the function that can act on it, and the words by which people and
help desks name it (`orgmodel.touchpoints.recognising` says how they are compared). Which function can act is
our assumption, with its reason beside it; a reader corrects it in the table of causes.

The words are those of people (English, German, French, Spanish) and of the usual exports: Zendesk (`Type`:
question, incident, problem, task; tags), Freshdesk, Salesforce (`Case Reason`: installation, equipment
complexity, performance, breakdown, equipment design, feedback), ServiceNow (`Category`: inquiry / help,
software, hardware, network, database, password reset) and Jira Service Management (`Request Type`: get IT
help, report a system problem, request a new account).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

#: The steps at which a customer meets the company, in their order.
STEPS: Final[Mapping[str, str]] = {
    "order": "Order",
    "delivery": "Delivery",
    "billing": "Billing",
    "support": "Support",
}


class Touchpoint(NamedTuple):
    """A function that touches the customer at a step, and what it does there."""

    function: str
    step: str
    reason: str


class Cause(NamedTuple):
    """A cause of contacts: its step, the function that can act on it, why, and the words that name it.

    ``words`` are lines of phrases separated by commas; ``general`` ones count where nothing better is said.
    """

    title: str
    step: str
    function: str
    reason: str
    words: tuple[str, ...] = ()
    general: tuple[str, ...] = ()


#: Which function touches the customer at which step; the first of a function is its main one. Our assumption.
TOUCHPOINTS: Final[tuple[Touchpoint, ...]] = (
    Touchpoint(
        "sales", "order", "Sales promises: what it says about price, date and fit comes back as contacts."
    ),
    Touchpoint("sales", "support", "Sales hears from customers who want more, less or nothing any longer."),
    Touchpoint(
        "operations", "delivery", "Operations delivers: what is late, wrong or broken is mended there."
    ),
    Touchpoint("operations", "order", "Operations knows what can be made and when, so it confirms an order."),
    Touchpoint("operations", "support", "Operations takes goods back, repairs them and sends technicians."),
    Touchpoint(
        "finance", "billing", "Finance bills and collects: invoices, payments and reminders are its own."
    ),
    Touchpoint(
        "it", "support", "IT builds the systems that customers log on to and that the desk works with."
    ),
    Touchpoint("it", "order", "IT runs the shop in which customers order by themselves."),
    Touchpoint("marketing", "order", "Marketing makes the offers that customers ask about."),
    Touchpoint(
        "marketing", "support", "Marketing researches: opinions and suggestions are what it plans with."
    ),
    Touchpoint("product", "support", "Product decides what is built: faults and wishes end there."),
    Touchpoint("hr", "support", "HR trains: how customers are treated is learnt."),
    Touchpoint("legal", "support", "Legal answers for data, warranties and claims."),
    Touchpoint("executive", "support", "The owner hears when people are unhappy."),
    Touchpoint("customer_service", "support", "The desk answers by itself what needs nobody else."),
    Touchpoint("provider", "support", "The provider answers what its contract gives it."),
    Touchpoint("other", "order", "The front desk routes: it passes on what it cannot answer."),
)

CAUSES: Final[tuple[Cause, ...]] = (
    # ------------------------------------------------------------------ operations
    Cause(
        "Late or missing delivery",
        "delivery",
        "operations",
        "Operations delivers: only it can say why something is late and hurry it.",
        (
            "late delivery, delayed delivery, delivery delay, delivery late, delivery delayed",
            "shipping delay, late, late shipment, delayed, delay, overdue order, missing delivery",
            "missing parcel, missing package, lost parcel, lost package, lost in transit, not delivered",
            "not received, never arrived, not arrived, item not received, non delivery, missed delivery",
            "deadline missed, backlog, Lieferverzug, Lieferverzögerung, Verspätung, verspätet",
            "verspätete Lieferung, nicht geliefert, nicht erhalten, retard de livraison, livraison en retard",
            "retard, non livré, non reçu, colis perdu, retraso, entrega tardía, entrega retrasada",
            "no recibido, no entregado, paquete perdido",
        ),
    ),
    Cause(
        "Wrong or incomplete delivery",
        "delivery",
        "operations",
        "Operations packs and ships, so the error arose there.",
        (
            "wrong item, wrong product, wrong part, wrong goods, wrong delivery, wrong order, wrong size",
            "wrong quantity, wrong address, incorrect item, incorrect order, incomplete order, missing item",
            "incomplete delivery, missing part, short shipment, packing error, picking error, mis-shipment",
            "order error, order mistake, Falschlieferung, falscher Artikel, unvollständig, Fehlmenge, fehlt",
            "erreur de livraison, mauvais article, article manquant, erreur de commande, incomplet",
            "artículo equivocado, producto equivocado, pedido incompleto, pedido incorrecto, falta artículo",
        ),
    ),
    Cause(
        "Damaged or faulty goods",
        "delivery",
        "operations",
        "Operations makes, packs and ships what arrives broken.",
        (
            "damaged, damaged item, damaged goods, damaged in transit, broken, broken on arrival, faulty",
            "defective, defective item, defective product, dead on arrival, DOA, transport damage, rework",
            "quality problem, quality complaint, product quality, breakdown, out of tolerance, beschädigt",
            "noise, vibration, noise complaint, product complaint, complaint about product, leak",
            "defekt, kaputt, Transportschaden, Mangel, Mängel, Reklamation, Qualitätsmangel, endommagé",
            "endommagée, cassé, cassée, défectueux, défectueuse, panne, dañado, dañada, roto, rota",
            "defectuoso, defectuosa, avería",
        ),
        ("quality, damage, Schaden, qualité, calidad",),
    ),
    Cause(
        "Where is my order?",
        "delivery",
        "operations",
        "Operations knows where the goods are.",
        (
            "order status, delivery status, shipping status, where is my order, WISMO, track order, tracking",
            "track and trace, shipment tracking, delivery date, delivery time, lead time, ETA",
            "delivery question, Lieferstatus, Bestellstatus, Auftragsstatus, Sendungsverfolgung",
            "Liefertermin, Lieferzeit, suivi de commande, suivi de colis, suivi, délai de livraison",
            "date de livraison, estado del pedido, seguimiento, fecha de entrega, plazo de entrega",
        ),
        (
            "delivery, shipping, shipment, transport, logistics, parcel, package, fulfilment, fulfillment",
            "courier, carrier, Lieferung, Versand, Paket, Zustellung, livraison, expédition, colis, entrega",
            "envío, envio",
        ),
    ),
    Cause(
        "Changing or cancelling an order",
        "order",
        "operations",
        "Operations plans the work: whether a change is still possible is known there.",
        (
            "order change, change order, change of order, change an order, change my order, order amendment",
            "modify order, order modification, order cancellation, cancel order, cancel my order, reschedule",
            "rush order, expedite, engineering change, change request, delivery change, address change",
            "Auftragsänderung, Bestelländerung, Änderungswunsch, Bestellung ändern, Stornierung, Storno",
            "modification de commande, annulation de commande, changer la commande, cambio de pedido",
            "cancelación de pedido, modificación de pedido, anulación",
        ),
        ("cancellation, cancel, order, ordering, Bestellung, Auftrag, commande, pedido, annulation",),
    ),
    Cause(
        "Order taken down wrongly",
        "order",
        "operations",
        "Operations turns what the customer asked for into an order that can be made.",
        (
            "order entry, order entry error, order entered wrongly, entered wrongly, misread order",
            "Auftragserfassung, Erfassungsfehler, falsch erfasst, erreur de saisie, error de captura",
        ),
    ),
    Cause(
        "Stock and availability",
        "order",
        "operations",
        "Operations keeps the stock and knows when there is more.",
        (
            "out of stock, stock, availability, availability of product, product availability, back order",
            "backorder, backordered, sold out, capacity, Verfügbarkeit, nicht lieferbar, ausverkauft",
            "Lagerbestand, rupture de stock, disponibilité, agotado, sin existencias, disponibilidad",
        ),
    ),
    Cause(
        "Returns and exchanges",
        "support",
        "operations",
        "Operations takes the goods back and sends others.",
        (
            "return, return request, product return, exchange, replacement, RMA, send back, return label",
            "Retoure, Rücksendung, Rückgabe, Umtausch, Widerruf, retour, échange, remplacement, devolución",
            "cambio de producto",
        ),
    ),
    Cause(
        "Installation, repair and appointments",
        "support",
        "operations",
        "Operations sends the technicians.",
        (
            "installation, install, repair, maintenance, field service, technician, technician visit",
            "appointment, engineer visit, spare part, on-site service, equipment complexity, commissioning",
            "meter reading, Reparatur, Wartung, Termin, Techniker, Montage, Ersatzteil, Inbetriebnahme",
            "Störung, réparation, entretien, rendez-vous, technicien, pièce détachée, reparación",
            "mantenimiento, cita, instalación, repuesto",
        ),
    ),
    # ------------------------------------------------------------------ sales
    Cause(
        "Prices and quotations",
        "order",
        "sales",
        "Sales makes the price.",
        (
            "price, pricing, quote, quotation, discount, price question, price error, price increase, rebate",
            "request for quotation, RFQ, volume discount, Preis, Preise, Preisanfrage, Angebot, Rabatt",
            "Konditionen, prix, devis, remise, tarif, precio, presupuesto, cotización, descuento, tarifa",
        ),
    ),
    Cause(
        "Not what was promised",
        "order",
        "sales",
        "Sales promises: the expectation was raised there.",
        (
            "promise, promised, misled, misleading, mis-selling, missold, not as described, expectation",
            "wrong advice, wrong information, incorrect information, sales complaint, sales promise",
            "oversold, falsche Beratung, Falschberatung, versprochen, Versprechen, Zusage",
            "nicht wie beschrieben, promesse, promis, non conforme, prometido, promesa, no es lo prometido",
        ),
    ),
    Cause(
        "Advice before buying",
        "order",
        "sales",
        "Sales knows which offer fits which customer.",
        (
            "pre-sales, presales, presales question, sales question, sales enquiry, sales inquiry",
            "product advice, product question, product information, product enquiry, product inquiry",
            "accessory, Zubehör, new order, new customer, demo, demo request, purchase, buying, upgrade",
            "upsell, quotation request, place order, place an order, Beratung, Produktberatung, Produktfrage",
            "Kaufberatung, Neukunde, Kauf, conseil, renseignement produit, nouvelle commande, achat",
            "asesoramiento, consulta de producto, compra, nuevo pedido",
        ),
    ),
    Cause(
        "Ordering again",
        "order",
        "sales",
        "Sales keeps the relationship in which customers come back.",
        (
            "reorder, re-order, repeat order, order again, same order again, repurchase, Nachbestellung",
            "Wiederbestellung, nachbestellen, réassort, nouvelle fois, volver a pedir, pedido repetido",
        ),
    ),
    Cause(
        "Contracts, renewals and leaving",
        "support",
        "sales",
        "Sales keeps the customer: it can renew, change or end what was agreed.",
        (
            "contract, renewal, contract renewal, subscription, subscription change, plan change",
            "change plan, downgrade, churn, termination, terminate, cancel subscription, cancel contract",
            "cancel account, cancellation request, close account, account closure, licence renewal",
            "license renewal, moving house, Vertrag, Vertragsverlängerung, Kündigung, Abo, Abonnement",
            "Tarifwechsel, Vertragsänderung, contrat, renouvellement, résiliation, abonnement, contrato",
            "renovación, suscripción",
        ),
    ),
    # ------------------------------------------------------------------ finance
    Cause(
        "Wrong or unclear invoice",
        "billing",
        "finance",
        "Finance bills: it can explain an invoice and correct it.",
        (
            "invoice, invoicing, billing, bill, billing error, invoice error, wrong invoice",
            "incorrect invoice, billing question, billing inquiry, billing enquiry, billing issue",
            "billing problem, overcharged, overcharge, double charged, charged twice, duplicate charge",
            "unexpected charge, fee, fees, receipt, VAT, tax, statement, Rechnung, Rechnungsfehler",
            "Abrechnung, falsche Rechnung, Beleg, Gebühr, Gebühren, Mehrwertsteuer, facture, facturation",
            "erreur de facturation, frais, TVA, factura, facturación, cobro, cobro indebido, IVA, comisión",
            "recibo",
        ),
    ),
    Cause(
        "Payments",
        "billing",
        "finance",
        "Finance collects: it sees which payment arrived.",
        (
            "payment, payment failed, payment issue, payment problem, payment method, card declined",
            "credit card, direct debit, bank details, bank transfer, instalment, prepayment, deposit",
            "unauthorised transaction, fraud, chargeback, transaction, loan, mortgage, credit limit",
            "interest, account balance, balance, Zahlung, Bezahlung, Zahlungsproblem, Lastschrift",
            "Überweisung, Bankverbindung, Kreditkarte, Ratenzahlung, paiement, prélèvement, virement",
            "carte bancaire, pago, pago rechazado, tarjeta, transferencia, domiciliación",
        ),
    ),
    Cause(
        "Refunds and credits",
        "billing",
        "finance",
        "Finance pays back.",
        (
            "refund, refund request, money back, reimbursement, credit note, credit memo, compensation",
            "voucher, Rückerstattung, Erstattung, Gutschrift, Geld zurück, remboursement, dédommagement",
            "reembolso, devolución de dinero, abono, nota de crédito",
        ),
    ),
    Cause(
        "Reminders and debts",
        "billing",
        "finance",
        "Finance reminds: it can stop or explain a reminder.",
        (
            "dunning, reminder, payment reminder, overdue, overdue payment, debt, collection, collections",
            "arrears, late fee, Mahnung, Mahngebühr, Inkasso, Zahlungserinnerung, relance, impayé",
            "recouvrement, dette, recordatorio de pago, deuda, impago, morosidad",
        ),
    ),
    # ------------------------------------------------------------------ IT
    Cause(
        "Login, password and access",
        "support",
        "it",
        "IT runs the accounts.",
        (
            "login, log in, sign in, password, password reset, reset password, access, account access",
            "locked out, account locked, new account, request a new account, user account, two factor, 2FA",
            "MFA, permission, onboard new employee, username, Anmeldung, Passwort, Kennwort, Zugang, Zugriff",
            "Konto gesperrt, mot de passe, connexion, identifiant, accès, contraseña, acceso",
            "inicio de sesión, usuario",
        ),
        ("account, Konto, compte, cuenta",),
    ),
    Cause(
        "Website, shop and app",
        "order",
        "it",
        "IT builds the systems in which customers order.",
        (
            "website, web site, web shop, webshop, online shop, online order, checkout, shopping cart, cart",
            "app, mobile app, portal, customer portal, self service, chatbot, online banking, website error",
            "Webseite, Onlineshop, Warenkorb, Kundenportal, site web, site internet, boutique en ligne",
            "panier, sitio web, página web, tienda online, carrito, aplicación",
        ),
    ),
    Cause(
        "Systems that fail or are slow",
        "support",
        "it",
        "IT keeps the systems running.",
        (
            "outage, system down, downtime, service outage, system error, system problem, slow, performance",
            "report a system problem, get IT help, network, connectivity, internet, VPN, Wi-Fi, wifi, server",
            "database, hardware, software, laptop, printer, e-mail, email, integration, API, timeout",
            "phone line, technical issue, technical problem, technical support, technical question",
            "technical, Systemausfall, Ausfall, Netzwerk, Drucker, langsam, technisches Problem",
            "panne informatique, réseau, problème technique, caída, lento, problema técnico",
        ),
        ("incident, error, Fehler, erreur",),
    ),
    # ------------------------------------------------------------------ product
    Cause(
        "Faults of the product itself",
        "support",
        "product",
        "Product builds it and can mend it for everybody.",
        (
            "bug, bug report, software bug, defect, crash, crashes, product defect, product issue",
            "product problem, design flaw, equipment design, not working, does not work, doesn't work",
            "product fault, malfunction, Produktfehler, funktioniert nicht, Programmfehler, Absturz, bogue",
            "ne fonctionne pas, no funciona, fallo del producto, defecto",
        ),
        ("product, Produkt, produit, producto",),
    ),
    Cause(
        "Wishes for the product",
        "support",
        "product",
        "Product decides what comes next.",
        (
            "feature request, feature, enhancement, enhancement request, improvement, new feature, roadmap",
            "product idea, product suggestion, Funktionswunsch, Verbesserung, Verbesserungsvorschlag",
            "demande de fonctionnalité, amélioration, nueva función, solicitud de función, mejora",
        ),
    ),
    # ------------------------------------------------------------------ the others
    Cause(
        "Offers, advertising and events",
        "order",
        "marketing",
        "Marketing makes the offers.",
        (
            "promotion, promo code, coupon, coupon code, campaign, newsletter, unsubscribe, advertising",
            "advert, loyalty programme, loyalty program, loyalty points, special offer, catalogue, catalog",
            "event, webinar, Aktion, Gutschein, Werbung, Kampagne, Katalog, Treuepunkte, publicité",
            "bon de réduction, catalogue, fidélité, promoción, cupón, publicidad, catálogo, boletín",
        ),
    ),
    Cause(
        "Opinions and suggestions",
        "support",
        "marketing",
        "Marketing researches: it collects what customers think.",
        (
            "feedback, customer feedback, suggestion, review, survey, praise, compliment, rating",
            "testimonial, Rückmeldung, Lob, Vorschlag, Anregung, Bewertung, Umfrage, avis, remarque",
            "félicitations, opinión, sugerencia, reseña, encuesta",
        ),
    ),
    Cause(
        "How somebody was treated",
        "support",
        "hr",
        "HR trains the people whom customers meet.",
        (
            "staff behaviour, staff behavior, rude, rude staff, unfriendly, impolite, attitude, conduct",
            "employee complaint, complaint about staff, staff complaint, poor service, bad service",
            "incompetent, unfreundlich, Verhalten, unhöflich, impoli, comportement, personnel désagréable",
            "maleducado, mal trato",
        ),
    ),
    Cause(
        "Data protection",
        "support",
        "legal",
        "Legal answers for personal data.",
        (
            "GDPR, CCPA, privacy, data protection, data deletion, delete my data, data request, data breach",
            "right to be forgotten, DSGVO, Datenschutz, Löschung, RGPD, données personnelles",
            "protection des données, protección de datos, datos personales",
        ),
    ),
    Cause(
        "Warranty, liability and claims",
        "support",
        "legal",
        "Legal answers for what is owed under law and contract.",
        (
            "warranty, guarantee, claim, warranty claim, legal, liability, lawsuit, dispute, insurance claim",
            "terms and conditions, injury, accident, safety, recall, regulator, ombudsman, Garantie",
            "Gewährleistung, Haftung, Anspruch, Rechtsstreit, Schadensersatz, Rückruf, réclamation légale",
            "litige, garantía, reclamación legal, responsabilidad, seguro",
        ),
    ),
    Cause(
        "Complaints to the top",
        "support",
        "executive",
        "The owner hears when people are unhappy.",
        (
            "escalation, escalated, executive complaint, complaint to CEO, management complaint",
            "formal complaint, Eskalation, Geschäftsleitung, escalade, escalado, queja formal",
        ),
        ("unhappy, dissatisfied",),
    ),
    Cause(
        "Questions the desk answers",
        "support",
        "customer_service",
        "The desk answers by itself; nobody else has to act.",
        (
            "general question, general enquiry, general inquiry, how to, how do I, how-to, usage question",
            "inquiry / help, opening hours, contact details, allgemeine Frage, Auskunft, Öffnungszeiten",
            "question générale, horaires, renseignement, consulta general, horario, información general",
        ),
        (
            "question, enquiry, inquiry, help, information, request, service request, task, FAQ",
            "Frage, Anfrage, Hilfe, demande, aide, pregunta, consulta, ayuda, solicitud",
        ),
    ),
    Cause(
        "Waiting for an answer",
        "support",
        "customer_service",
        "The desk itself was slow or could not be reached.",
        (
            "no reply, no response, no answer, waiting time, long wait, on hold, call back, callback",
            "slow response, follow up, follow-up, status update, unreachable, keine Antwort, Wartezeit",
            "Rückruf erbeten, nicht erreichbar, Rückrufbitte, pas de réponse, temps d'attente, rappel",
            "sin respuesta, espera",
        ),
    ),
    Cause(
        "What the provider answers",
        "support",
        "provider",
        "The provider answers what its contract gives it.",
    ),
    Cause(
        "Visits, building and deliveries to us",
        "order",
        "other",
        "The front desk receives and passes on.",
        ("reception, visitor, parking, front desk, wrong number, misdirected, Empfang, accueil, recepción",),
    ),
)
