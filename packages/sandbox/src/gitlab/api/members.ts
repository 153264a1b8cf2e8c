import type { Member, Project } from '../model';
import {
  found,
  paged,
  projectOf,
  refuse,
  Refusal,
  required,
  text,
  timeText,
  type Answer,
  type Call,
  type Route,
} from './Call';
import { userShape } from './shapes';

const memberShape = (
  base: string,
  { user, accessLevel, createdAt }: Member,
) => ({
  ...userShape(base, user),
  access_level: accessLevel,
  created_at: timeText(createdAt),
  expires_at: null,
  membership_state: 'active',
});

const levels = [5, 10, 15, 20, 30, 40, 50];

function addMember(call: Call, id: string): Answer {
  const project = projectOf(call, id);
  const [level] = required(call, 'access_level');
  if (!levels.includes(Number(level))) {
    throw new Refusal(400, {
      error: 'access_level does not have a valid value',
    });
  }
  const wanted = text(call, 'user_id') ?? text(call, 'username');
  const user = found(
    call.forge.users.find(
      each => String(each.id) === wanted || each.username === wanted,
    ),
    'User',
  );
  if (project.members.some(member => member.user === user)) {
    throw refuse(409, 'Member already exists');
  }
  const createdAt = call.forge.now();
  const member = { user, accessLevel: Number(level), createdAt };
  project.members.push(member);
  return { status: 201, body: memberShape(call.base, member) };
}

const memberOf = (project: Project, id: string) =>
  found(
    project.members.find(({ user }) => String(user.id) === id),
    'Not found',
  );

const MEMBERS = /^\/projects\/([^/]+)\/members(?:\/all)?$/;
const MEMBER = /^\/projects\/([^/]+)\/members\/(?:all\/)?(\d+)$/;

/** Members of projects. */
export const memberRoutes: readonly Route[] = [
  [
    'GET',
    MEMBERS,
    (call, id) =>
      paged(call, projectOf(call, id).members, member =>
        memberShape(call.base, member),
      ),
  ],
  ['POST', MEMBERS, addMember],
  [
    'GET',
    MEMBER,
    (call, id, user) => ({
      body: memberShape(call.base, memberOf(projectOf(call, id), user)),
    }),
  ],
  [
    'PUT',
    MEMBER,
    (call, id, user) => {
      const member = memberOf(projectOf(call, id), user);
      member.accessLevel = Number(required(call, 'access_level')[0]);
      return { body: memberShape(call.base, member) };
    },
  ],
  [
    'DELETE',
    MEMBER,
    (call, id, user) => {
      const project = projectOf(call, id);
      const member = memberOf(project, user);
      project.members.splice(project.members.indexOf(member), 1);
      return { status: 204 };
    },
  ],
];
