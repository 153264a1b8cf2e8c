import { readLogText } from './readLogText';

describe('readLogText', () => {
  it('takes a JSON line apart', () => {
    expect(
      readLogText('{"level":"info","msg":"served","status":200,"path":"/a"}'),
    ).toEqual({ message: 'served', fields: 'status=200 path=/a' });
  });

  it.each(['plain words', '{not json', '{"status":200}', ''])(
    'leaves %j as it is',
    text => expect(readLogText(text)).toEqual({ message: text, fields: '' }),
  );
});
