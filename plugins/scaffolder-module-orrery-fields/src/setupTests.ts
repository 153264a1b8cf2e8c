import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Machines that do other work beside are slow; what comes late comes all the same.
configure({ asyncUtilTimeout: 8000 });
jest.setTimeout(30_000);
