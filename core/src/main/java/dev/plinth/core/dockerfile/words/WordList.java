package dev.plinth.core.dockerfile.words;

import java.util.ArrayList;
import java.util.List;

/// Collects characters into words: bare white space ends a word, quoted white space does not.
final class WordList {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    void bare(int c) {
        if (Spaces.isSpace(c)) {
            endWord();
        } else {
            word.appendCodePoint(c);
        }
    }

    void bare(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Spaces.isSpace(c)) {
                endWord();
            } else {
                word.append(c);
            }
        }
    }

    void quoted(int c) {
        word.appendCodePoint(c);
    }

    void quoted(String text) {
        word.append(text);
    }

    List<String> words() {
        endWord();
        return words;
    }

    private void endWord() {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
