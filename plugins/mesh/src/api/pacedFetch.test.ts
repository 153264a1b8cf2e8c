import { pacedFetch } from './pacedFetch';

function streamed(chunks: string[]): Response {
  const text = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        chunks.forEach(chunk => controller.enqueue(text.encode(chunk)));
        controller.close();
      },
    }),
    { headers: { 'X-Kept': 'yes' } },
  );
}

describe('pacedFetch', () => {
  it('passes everything on, and lets others run between the pieces', async () => {
    const { fetch } = pacedFetch({
      fetch: async () => streamed(['one', 'two', 'three']),
    });
    const response = await fetch('http://example.com');
    expect(response.headers.get('X-Kept')).toBe('yes');
    const seen: string[] = [];
    const timer = setInterval(() => seen.push('-'), 0);
    const reader = response.body?.getReader();
    for (;;) {
      const answer = await reader?.read();
      if (!answer || answer.done) {
        break;
      }
      seen.push(new TextDecoder().decode(answer.value));
    }
    clearInterval(timer);
    expect(seen.filter(item => item !== '-')).toEqual(['one', 'two', 'three']);
    expect(seen.join('')).toMatch(/one-+two-+three/);
  });

  it('leaves refusals as they are', async () => {
    const refusal = new Response('no', { status: 403 });
    const { fetch } = pacedFetch({ fetch: async () => refusal });
    await expect(fetch('http://example.com')).resolves.toBe(refusal);
  });
});
