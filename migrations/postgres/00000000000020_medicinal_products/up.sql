-- Editions of the register of medicinal products: one is served, the others are being filled or taken away.
CREATE TABLE product_editions (
    id text PRIMARY KEY,
    state text NOT NULL CONSTRAINT product_editions_state CHECK (state IN ('LOADING', 'CURRENT', 'RETIRED')),
    -- The day of which the register says it is.
    as_of date NOT NULL,
    started_at timestamp NOT NULL,
    current_since timestamp,
    products bigint NOT NULL,
    CONSTRAINT product_editions_current CHECK (state <> 'CURRENT' OR current_since IS NOT NULL)
);

CREATE UNIQUE INDEX product_editions_one_current ON product_editions (state) WHERE state = 'CURRENT';

-- Keys are compared byte by byte, whatever the language of the database.
CREATE TABLE medicinal_products (
    edition_id text NOT NULL REFERENCES product_editions (id),
    register_id bigint NOT NULL,
    name text NOT NULL,
    substances_key text COLLATE "C" NOT NULL,
    strength_key text COLLATE "C" NOT NULL,
    form_key text COLLATE "C" NOT NULL,
    details jsonb NOT NULL,
    PRIMARY KEY (edition_id, register_id)
);

CREATE INDEX medicinal_products_of_substances ON medicinal_products (edition_id, substances_key, register_id);

-- By what a product is found: words of its name, its substances, the GTINs of its packs.
CREATE TABLE medicinal_product_terms (
    edition_id text NOT NULL REFERENCES product_editions (id),
    kind text COLLATE "C" NOT NULL CONSTRAINT medicinal_product_terms_kind CHECK (kind IN ('GTIN', 'NAME', 'SUBSTANCE')),
    term text COLLATE "C" NOT NULL,
    register_id bigint NOT NULL,
    PRIMARY KEY (edition_id, kind, term, register_id)
);
