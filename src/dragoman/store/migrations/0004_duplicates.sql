-- Near duplicates: articles whose text an earlier one has. They are kept, and not coded.

CREATE TABLE duplicates (
    article VARCHAR NOT NULL,          -- articles.key
    coder VARCHAR NOT NULL,            -- coders.id
    duplicate_of VARCHAR NOT NULL,     -- articles.key, of a coded article
    similarity DOUBLE NOT NULL         -- share of its words in a row that the other one has too
);

-- For every coded article a few hashes of its text, by which later copies of it are found.
CREATE TABLE anchors (
    article VARCHAR NOT NULL,          -- articles.key
    coder VARCHAR NOT NULL,
    hashes BIGINT[] NOT NULL
);
