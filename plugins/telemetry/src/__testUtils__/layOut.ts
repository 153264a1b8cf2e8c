/** Gives every element a size for the length of a test: jsdom lays nothing out. */
export function layOut(): void {
  const { prototype } = HTMLElement;
  jest.spyOn(prototype, 'offsetWidth', 'get').mockReturnValue(800);
  jest.spyOn(prototype, 'offsetHeight', 'get').mockReturnValue(600);
}
