// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('releases', table => {
    // Commits since the release before, or why they are not known.
    table.text('commit_range');
    // False while it is worth asking again.
    table.boolean('is_range_final').notNullable().defaultTo(false);
    // Ref of the canary that it was walked by.
    table.string('canary', 420).index();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('releases', table => {
    table.dropIndex(['canary']);
    table.dropColumn('canary');
    table.dropColumn('is_range_final');
    table.dropColumn('commit_range');
  });
};
