-- Every key is a hash of content, so that the same input gives the same rows on every machine.
-- No index: one writer sees to it that nothing stands twice, and commits stay cheap as it grows.

CREATE TABLE articles (
    key VARCHAR NOT NULL,              -- hash of all that follows but origin
    id VARCHAR NOT NULL,               -- the input's, or derived from the text
    title VARCHAR,
    url VARCHAR,
    publisher VARCHAR,
    published DATE,
    language VARCHAR NOT NULL,
    text VARCHAR NOT NULL,             -- clean; all offsets count into it
    title_paragraphs INTEGER NOT NULL,
    origin VARCHAR NOT NULL
);

CREATE TABLE removed (
    article VARCHAR NOT NULL,          -- articles.key
    position INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    "at" BIGINT NOT NULL
);

CREATE TABLE coders (
    id VARCHAR NOT NULL,               -- hash of all that follows but number
    number INTEGER NOT NULL,           -- order of first use
    version VARCHAR NOT NULL,
    lexicon VARCHAR NOT NULL,
    model VARCHAR,
    settings VARCHAR NOT NULL          -- JSON: those that decide what is coded
);

CREATE TABLE runs (
    number INTEGER NOT NULL,
    coder VARCHAR NOT NULL,            -- coders.id
    settings VARCHAR NOT NULL,         -- JSON: all
    workers INTEGER NOT NULL,
    started TIMESTAMP NOT NULL,        -- UTC
    finished TIMESTAMP,
    state VARCHAR NOT NULL,            -- running, finished, stopped, killed
    articles BIGINT NOT NULL,          -- coded by this run
    events BIGINT NOT NULL,
    rejections BIGINT NOT NULL
);

CREATE TABLE inputs (
    run INTEGER NOT NULL,              -- runs.number
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    files BIGINT,                      -- null where it cannot be read twice (standard input)
    bytes BIGINT,
    sha256 VARCHAR                     -- of a file; of a folder: of its files' names and hashes
);

CREATE TABLE codings (
    number BIGINT NOT NULL,            -- order of the input
    key VARCHAR NOT NULL,              -- hash of article and coder
    article VARCHAR NOT NULL,          -- articles.key
    coder VARCHAR NOT NULL,            -- coders.id
    events INTEGER NOT NULL,
    run INTEGER NOT NULL               -- runs.number
);

-- What came in, so that it need not be cleaned and coded again to know that it is here.
CREATE TABLE items (
    key VARCHAR NOT NULL,              -- hash of the raw item
    coder VARCHAR NOT NULL,
    coding VARCHAR                     -- codings.key; null where rejected
);

CREATE TABLE rejections (
    number BIGINT NOT NULL,
    key VARCHAR NOT NULL,              -- items.key
    coder VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    article_id VARCHAR,                -- as the input gave it
    run INTEGER NOT NULL
);

CREATE TABLE events (
    coding VARCHAR NOT NULL,           -- codings.key
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    mode VARCHAR[] NOT NULL,
    context VARCHAR[] NOT NULL,
    cameo VARCHAR,
    quad_code INTEGER NOT NULL,
    event_scale DOUBLE NOT NULL,
    actor_code VARCHAR[] NOT NULL,
    recipient_code VARCHAR[] NOT NULL,
    date VARCHAR,                      -- ISO 8601, as fine as known
    enddate VARCHAR,
    date_precision VARCHAR NOT NULL,
    place_country VARCHAR,
    geonameid BIGINT,
    lat DOUBLE,
    lon DOUBLE,
    status VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    rule VARCHAR NOT NULL,
    record VARCHAR NOT NULL            -- JSON: the whole record as `dragoman code` prints it
);

CREATE TABLE entities (
    key VARCHAR NOT NULL,              -- hash of all that follows
    code VARCHAR,
    sector VARCHAR,
    other_sectors VARCHAR[] NOT NULL,
    name VARCHAR,
    wikidata VARCHAR,
    office VARCHAR
);

-- Who takes part in an event: one row for every actor, recipient and source.
CREATE TABLE parties (
    coding VARCHAR NOT NULL,
    event VARCHAR NOT NULL,            -- events.id
    role VARCHAR NOT NULL,             -- actor, recipient, said_by
    position INTEGER NOT NULL,
    entity VARCHAR NOT NULL,           -- entities.key
    text VARCHAR NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL
);

-- Where the article tells an event: one row a sentence, first the best.
CREATE TABLE mentions (
    coding VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    trigger_text VARCHAR NOT NULL,
    trigger_start BIGINT NOT NULL,
    trigger_end BIGINT NOT NULL
);

CREATE TABLE links (
    coding VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    target VARCHAR NOT NULL,           -- events.id
    cue_text VARCHAR,
    cue_start BIGINT,
    cue_end BIGINT
);
