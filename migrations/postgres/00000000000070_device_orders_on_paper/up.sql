-- Orders that an officer of the payer entered from paper. Blind indexes of the scan's digest, and of prescriber, patient, device,
-- month and day of issue, keep the same paper from being entered twice.
CREATE TABLE paper_orders (
    order_id text PRIMARY KEY REFERENCES device_orders (id),
    space text NOT NULL,
    scan_index bytea NOT NULL,
    paper_index bytea NOT NULL,
    CONSTRAINT paper_orders_space_scan_index_key UNIQUE (space, scan_index),
    CONSTRAINT paper_orders_space_paper_index_key UNIQUE (space, paper_index)
);

-- The order's bytes as they were entered; what a signature holds of others.
CREATE TABLE paper_order_versions (
    order_id text NOT NULL REFERENCES device_orders (id),
    content_version integer NOT NULL CHECK (content_version > 0),
    entered_at timestamp NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (order_id, content_version)
);

-- The scan of such an order: its bytes stand as segments in the attachment store, sealed under the order's key. Title and digest
-- are in the order.
CREATE TABLE paper_order_scans (
    order_id text NOT NULL REFERENCES device_orders (id),
    object_name text NOT NULL,
    added_at timestamp NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    CONSTRAINT paper_order_scans_order_id_key PRIMARY KEY (order_id)
);
