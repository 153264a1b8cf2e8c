import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['build/', 'dist/'] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  { files: ['**/*.js'], languageOptions: { sourceType: 'module' } },
);
