-- For every article id the coding of the newest coder, and of the newest version of the article.

CREATE VIEW current_codings AS
SELECT c.*
FROM codings c
JOIN coders k ON k.id = c.coder
JOIN articles a ON a.key = c.article
QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY k.number DESC, c.number DESC) = 1;

CREATE VIEW current_events AS
SELECT e.* FROM events e JOIN current_codings c ON c.key = e.coding;
