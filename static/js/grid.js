// Makes the grid of letters and payments quick for the keyboard: Enter goes to the cell below, rows
// pasted from a spreadsheet fill the cells from where the cursor stands. Without this file the grid
// is an ordinary form, and rows are pasted into the box below it.
(function () {
  "use strict";

  var table = document.querySelector("table[data-grid]");
  if (!table) {
    return;
  }
  var paste = document.getElementById("paste");
  var status = document.getElementById("grid-status");

  function rows() {
    return Array.prototype.slice.call(table.tBodies[0].rows);
  }

  function cells(row) {
    return Array.prototype.slice.call(row.querySelectorAll("input, select"));
  }

  function place(cell) {
    var row = cell.closest("tr");
    return { row: rows().indexOf(row), cell: cells(row).indexOf(cell) };
  }

  function go(row, cell) {
    var target = rows()[row] && cells(rows()[row])[cell];
    if (target) {
      target.focus();
      if (target.select) {
        target.select();
      }
    }
    return Boolean(target);
  }

  table.addEventListener("keydown", function (event) {
    if (!event.target.matches("input, select")) {
      return;
    }
    var at = place(event.target);
    var moved = false;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      moved = go(at.row + (event.shiftKey ? -1 : 1), at.cell) || true;
    } else if (event.altKey && event.key === "ArrowDown") {
      moved = go(at.row + 1, at.cell);
    } else if (event.altKey && event.key === "ArrowUp") {
      moved = go(at.row - 1, at.cell);
    }
    if (moved) {
      event.preventDefault();
    }
  });

  table.addEventListener("paste", function (event) {
    var text = event.clipboardData && event.clipboardData.getData("text");
    if (!text || !/[\t\n]/.test(text.trim())) {
      return;
    }
    event.preventDefault();
    var at = place(event.target);
    var lines = text.replace(/\r/g, "").split("\n").filter(function (line) { return line.trim(); });
    var over = [];
    lines.forEach(function (line, down) {
      var row = rows()[at.row + down];
      if (!row) {
        over.push(line);
        return;
      }
      var found = cells(row);
      line.split("\t").forEach(function (value, right) {
        var cell = found[at.cell + right];
        if (cell) {
          cell.value = value.trim();
        }
      });
    });
    if (over.length) {
      paste.value = (paste.value ? paste.value + "\n" : "") + over.join("\n");
      paste.closest("details").open = true;
    }
    status.textContent = (lines.length - over.length) + " rows filled in" +
      (over.length ? ", " + over.length + " more are in the box below." : ".");
  });
})();
