"""An invented page of the shape in which people paste them from a traditional mirror."""

SHARED = """焦點關(guān)注

林遠(yuǎn)、周寧走訪東湖區(qū)

  3月8日上午,校長周寧一行走訪東湖區(qū),與區(qū)長會見座談。

  會上,雙方圍繞校地合作進(jìn)行交流。區(qū)政府發(fā)展?fàn)顩r良好。

  區(qū)科委主任及我??萍继?、教務(wù)處負(fù)責(zé)同志參加會議。(供稿/編輯:黨委宣傳部 林曉 圖片:研究生學(xué)生助理 趙嵐 審核:周靜)

- 分享 -

單周單篇點擊量排名

新聞網(wǎng)(wǎng)各單位用稿量排行榜
(2023年9月)
某某部 12
"""  # noqa: E501 as it was pasted
