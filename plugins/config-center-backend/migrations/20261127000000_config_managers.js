// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('config_changes', table => {
    // Who owns a key of a ConfigMap, by the API server.
    table.string('manager', 200);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('config_changes', table => {
    table.dropColumn('manager');
  });
};
