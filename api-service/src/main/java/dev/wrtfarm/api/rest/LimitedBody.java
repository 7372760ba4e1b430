package dev.wrtfarm.api.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops reading a body that is too large. One that tells its length is refused before; this is for
 * those that come in chunks. The server's own limit, which is wider, answers without a problem.
 */
@Provider
@Priority(1)
public class LimitedBody implements ReaderInterceptor {
  private static final long LARGEST = 1 << 20;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    context.setInputStream(new Counted(context.getInputStream()));
    return context.proceed();
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int more) throws BodyTooLarge {
      count += more;
      if (count > LARGEST) {
        throw new BodyTooLarge();
      }
    }
  }
}
