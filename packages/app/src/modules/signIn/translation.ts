import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of the sign-in page. */
export const signInTranslationRef = createTranslationRef({
  id: 'app.sign-in',
  messages: {
    title: 'Sign in to Orrery',
    person: 'Sign in as one of the company’s people',
    personHelp: 'What you may do depends on who you are and what you own.',
    guest: 'Look around as a guest',
    guestHelp: 'A guest reads everything and changes nothing.',
    failed: 'Signing in did not work: {{reason}}',
  },
  translations: {
    zh: async () => ({
      default: {
        title: '登录 Orrery',
        person: '以公司成员身份登录',
        personHelp: '你能做什么取决于你是谁、拥有哪些服务。',
        guest: '以访客身份浏览',
        guestHelp: '访客可以查看一切，但不能更改任何内容。',
        failed: '登录失败：{{reason}}',
      },
    }),
  },
});
