package service;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers the example resource. */
@RestController
@RequestMapping("/api/items")
class ItemController {

  private static final List<Item> ITEMS = List.of(new Item("1", "First"), new Item("2", "Second"));

  @GetMapping
  Map<String, List<Item>> list() {
    return Map.of("items", ITEMS);
  }

  @GetMapping("/{id}")
  Item get(@PathVariable("id") String id) {
    return ITEMS.stream()
        .filter(item -> item.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no item " + id));
  }
}
