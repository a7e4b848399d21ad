CREATE VIRTUAL TABLE things_fts USING fts5 (label, names, content='things', tokenize='unicode61 remove_diacritics 2');

INSERT INTO things_fts (things_fts) VALUES ('rebuild');

CREATE VIEW cities_by_peer_exchange AS
SELECT label, country, peer_exchange, given, received, reciprocity, partners, iri
FROM actors WHERE kind = 'city' AND peer_exchange IS NOT NULL ORDER BY peer_exchange DESC, iri;

CREATE VIEW who_takes_part_in_what AS
SELECT c.label AS city_name, e.label AS event_name, p.contributes, p.benefits, p."start", p."end", p.city, p.event
FROM participations p JOIN things c ON c.iri = p.city JOIN things e ON e.iri = p.event
ORDER BY e.label, c.label, p.row_number;

CREATE VIEW who_signed_what AS
SELECT a.label AS agreement_name, k.label AS kind_name, p.label AS party_name, g.signed, g."start", g."end", g.amount,
       g.currency, g.agreement, g.party
FROM agreements g JOIN things a ON a.iri = g.agreement JOIN things p ON p.iri = g.party
LEFT JOIN things k ON k.iri = g.kind ORDER BY a.label, p.label, g.row_number;

CREATE VIEW members_of_networks AS
SELECT n.label AS network_name, c.label AS city_name, r.label AS role_name, m.since, m.until, m.network, m.city
FROM memberships m JOIN things n ON n.iri = m.network JOIN things c ON c.iri = m.city
LEFT JOIN things r ON r.iri = m.role ORDER BY n.label, c.label, m.membership;

CREATE VIEW amounts_by_kind_and_currency AS
SELECT k.label AS kind_name, q.label AS qualifier_name, m.currency, COUNT(*) AS amounts, MIN(m.amount) AS smallest,
       MAX(m.amount) AS largest
FROM money m LEFT JOIN things k ON k.iri = m.kind LEFT JOIN things q ON q.iri = m.qualifier
GROUP BY k.label, q.label, m.currency ORDER BY k.label, q.label, m.currency;
