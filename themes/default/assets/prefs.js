// 读者在这台设备上选的字号、对比和长者版，在页面画出之前用上：晚一步，整页就会跳一下。
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const { size, contrast, elder } = JSON.parse(localStorage.getItem("gongkai") || "{}");
    if (size && size !== "2") root.dataset.size = size;
    if (contrast) root.dataset.contrast = contrast;
    if (elder) root.dataset.elder = "";
  } catch { /* 浏览器不让保存：每一页都从标准样子开始 */ }
})();
