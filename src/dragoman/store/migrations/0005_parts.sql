-- Also parts of coded articles that were not used are told: a sentence that is too long, a day of
-- publication that cannot be read.

ALTER TABLE rejections ADD COLUMN part BOOLEAN DEFAULT false;  -- true: the rest was used
