DROP TABLE provider_product_entries;
DROP TABLE provider_products;
DROP TABLE provider_product_lists;
