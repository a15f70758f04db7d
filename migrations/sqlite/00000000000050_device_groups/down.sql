DROP TABLE device_group_figures;
DROP TABLE device_groups;
DROP TABLE device_group_editions;
