import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { configApiRef } from '../api';

/** Shows the secrets of one value, and forgets them again. */
export function useReveal(service: string, key: string, modifyIndex: number) {
  const api = useApi(configApiRef);
  const id = `${service} ${key} ${modifyIndex}`;
  const [state, setState] = useState<{
    id: string;
    text?: string;
    error?: Error;
    isAsking?: boolean;
  }>({ id });
  const current = state.id === id ? state : undefined;
  const reveal = useCallback(async () => {
    setState({ id, isAsking: true });
    try {
      const { text } = await api.reveal(service, key);
      setState({ id, text });
    } catch (error) {
      setState({
        id,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }, [api, service, key, id]);
  const hide = useCallback(() => setState({ id }), [id]);
  return {
    text: current?.text,
    error: current?.error,
    isAsking: current?.isAsking ?? false,
    reveal,
    hide,
  };
}
