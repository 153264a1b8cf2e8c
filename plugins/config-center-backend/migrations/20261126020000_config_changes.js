// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('config_changes', table => {
    table.comment('Every change of a key that was made here or noticed');
    // Told from the key, its index and its value, so that a writer and all who
    // watch write one row.
    table.string('id', 64).primary();
    table.string('prefix', 300).notNullable();
    table.string('config_key', 600).notNullable();
    table.string('change', 10).notNullable();
    table.string('at', 30).notNullable();
    table.string('noted_by', 10).notNullable();
    table.string('actor', 300);
    table.text('reason');
    table.bigInteger('modify_index').notNullable();
    // Orders what has the same instant.
    table.bigInteger('consul_index').notNullable();
    table.text('before_text');
    table.text('after_text');
    table.index(['prefix', 'at']);
  });
  await knex.schema.createTable('config_known_keys', table => {
    table.comment('Keys as they were seen last, to tell what changed since');
    table.string('prefix', 300).notNullable();
    table.string('config_key', 600).notNullable();
    table.bigInteger('modify_index').notNullable();
    // Null for what is no text.
    table.text('value_text');
    table.primary(['prefix', 'config_key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('config_known_keys');
  await knex.schema.dropTable('config_changes');
};
