DROP TABLE medicinal_product_terms;
DROP TABLE medicinal_products;
DROP TABLE product_editions;
