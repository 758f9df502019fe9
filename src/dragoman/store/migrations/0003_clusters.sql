-- Which current events are reports of one event, as `dragoman cluster --store` last found it.

CREATE TABLE clusters (
    event VARCHAR NOT NULL,            -- events.id
    cluster VARCHAR NOT NULL
);
