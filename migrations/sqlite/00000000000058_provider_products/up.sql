-- The product list of a provider to a contract; every change of it takes the next revision, so that one waits for another.
CREATE TABLE provider_product_lists (
    organisation_id text NOT NULL REFERENCES organisations (id),
    contract text NOT NULL,
    space text NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (organisation_id, contract)
);

CREATE TABLE provider_products (
    id text PRIMARY KEY,
    space text NOT NULL,
    organisation_id text NOT NULL,
    contract text NOT NULL,
    number text NOT NULL,
    revision bigint NOT NULL,
    UNIQUE (organisation_id, contract, number),
    FOREIGN KEY (organisation_id, contract) REFERENCES provider_product_lists (organisation_id, contract)
);

-- What was entered of a product, in the order in which it was; rows are only added, and their last day is set when
-- a later one takes their place.
CREATE TABLE provider_product_entries (
    product_id text NOT NULL REFERENCES provider_products (id),
    number integer NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    is_replaced boolean NOT NULL,
    -- Empty where the product was withdrawn.
    code text,
    price bigint,
    details jsonb,
    entered_at timestamp NOT NULL,
    person_id text NOT NULL REFERENCES people (id),
    PRIMARY KEY (product_id, number),
    CONSTRAINT provider_product_entries_offer CHECK ((code IS NULL) = (price IS NULL) AND (code IS NULL) = (details IS NULL)),
    CONSTRAINT provider_product_entries_price CHECK (price IS NULL OR price > 0)
);
