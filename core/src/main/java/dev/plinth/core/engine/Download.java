package dev.plinth.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// What an http or https URL names.
public final class Download {
    private static final int EXCERPT = 1024;

    private Download() {}

    /// The bytes of the answer to a GET of `url`, redirects followed.
    ///
    /// @throws IOException if there is no answer, or one other than 200
    public static InputStream open(String url) throws IOException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URL: " + url, e);
        }
        HttpClient client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(Duration.ofSeconds(30))
                        .build();
        try {
            HttpResponse<InputStream> response =
                    client.send(
                            HttpRequest.newBuilder(uri).GET().build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    String said =
                            new String(
                                            body.readNBytes(EXCERPT),
                                            java.nio.charset.StandardCharsets.UTF_8)
                                    .strip();
                    throw new IOException(
                            "failed to GET "
                                    + url
                                    + " with status "
                                    + response.statusCode()
                                    + (said.isEmpty() ? "" : ": " + said));
                }
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while downloading " + url, e);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URL that can be fetched: " + url, e);
        }
    }
}
